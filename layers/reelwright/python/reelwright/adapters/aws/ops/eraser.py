"""Deletes what a tenant left: implements `use_cases.ops.ports.Eraser`."""

from collections.abc import Iterator
from typing import Any

from reelwright.adapters.aws.ops.rows import query
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.use_cases.ops.books import Paid

PREFIXES = ("media", "inputs", "staging")
PAGE = 1000


class BucketAndTableEraser:
    """Objects of the media bucket, which keeps no versions, and rows."""

    def __init__(self, s3: Any, bucket: str, dynamodb: Any, table: str) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._dynamodb = dynamodb
        self._table = table

    def bury(self, paid: Paid) -> None:
        """See `Eraser.bury`."""
        values: dict[str, object] = {"month": paid.month, "captured": paid.captured}
        if paid.tasks:
            values["tasks"] = set(paid.tasks)
        row = keys.buried(paid.tenant, paid.job) | encode(values)
        self._dynamodb.put_item(TableName=self._table, Item=row)

    def media(self, job_id: str) -> int:
        """See `Eraser.media`. Raises OSError naming the first object that could not be deleted."""
        return sum(self._objects(f"{prefix}/{job_id}/") for prefix in PREFIXES)

    def rows(self, job_id: str) -> int:
        """See `Eraser.rows`."""
        return self._delete(keys.job_pk(job_id))

    def endpoints(self, tenant_id: str) -> tuple[str, ...]:
        """See `Eraser.endpoints`."""
        values = {":pk": keys.tenant_pk(tenant_id), ":sk": keys.ENDPOINT}
        rows = query(self._dynamodb, self._table, "pk = :pk AND begins_with(sk, :sk)", values)
        return tuple(keys.named(row["sk"]) for row in rows)

    def endpoint(self, tenant_id: str, endpoint_id: str) -> int:
        """See `Eraser.endpoint`; once more after its row is gone, for an event may have made a delivery meanwhile."""
        deliveries = keys.delivery_pk(endpoint_id)
        before = self._delete(deliveries)
        self._dynamodb.delete_item(TableName=self._table, Key=keys.endpoint(tenant_id, endpoint_id))
        return before + 1 + self._delete(deliveries)

    def idempotency(self, tenant_id: str) -> int:
        """See `Eraser.idempotency`."""
        return self._delete(keys.idempotency_pk(tenant_id))

    def listed(self, tenant_id: str) -> Iterator[str]:
        """See `Eraser.listed`."""
        rows = query(self._dynamodb, self._table, "tenant_listed = :t", {":t": tenant_id}, index="by_tenant")
        return (row["listed_rank"] for row in rows)

    def _objects(self, prefix: str) -> int:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        found = [{"Key": one["Key"]} for page in pages for one in page.get("Contents", ())]
        for start in range(0, len(found), PAGE):
            batch = {"Objects": found[start : start + PAGE], "Quiet": True}
            answer = self._s3.delete_objects(Bucket=self._bucket, Delete=batch)
            if failed := answer.get("Errors"):
                raise OSError(f"{failed[0]['Key']}: {failed[0]['Code']}")
        return len(found)

    def _delete(self, pk: str) -> int:
        """Delete a partition, the rows that indexes list last, so that an interrupted erasure finds them again."""
        found = [(row["pk"], row["sk"]) for row in query(self._dynamodb, self._table, "pk = :pk", {":pk": pk})]
        for one, sort_key in sorted(found, key=lambda row: row[1] == keys.JOB):
            self._dynamodb.delete_item(TableName=self._table, Key=keys.key(one, sort_key))
        return len(found)
