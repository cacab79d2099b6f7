"""Questions that the sparse indexes answer; what they say may lag behind the rows."""

from collections.abc import Iterator
from typing import Any

from reelwright.adapters.aws.table import job_rows, keys, request_rows
from reelwright.adapters.aws.table.batches import rows_by_key
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.use_cases.ports import OpenHold, Page, Waiting

HANDFUL = 10
"""How many waiting jobs one look brings, so that a few stale entries do not hide the fresh ones."""


class Indexes:
    """Queries on `waiting`, `due` and `by_tenant`."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def waiting_after(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        """The best waiting jobs of the first tenant after `tenant`: `~` sorts behind every rank."""
        found = self._waiting(lane, f"{tenant}#~" if tenant else " ")
        return tuple(one for one in found if one.tenant == found[0].tenant)

    def waiting_of(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        """The tenant's own best waiting jobs."""
        return tuple(one for one in self._waiting(lane, f"{tenant}#") if one.tenant == tenant)

    def _waiting(self, lane: str, after: str) -> tuple[Waiting, ...]:
        condition = "waiting_lane = :lane AND waiting_rank > :after"
        return tuple(_waiting(row) for row in self._query("waiting", condition, HANDFUL, lane=lane, after=after))

    def backlog(self, lane: str) -> Iterator[Waiting]:
        """All waiting jobs, page by page."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="waiting",
            KeyConditionExpression="waiting_lane = :lane",
            ExpressionAttributeValues=encode({":lane": lane}),
        )
        return (_waiting(row) for page in pages for row in page["Items"])

    def due(self, shard: str, now_ms: int, limit: int) -> tuple[str, ...]:
        """Ids of overdue jobs, most overdue first."""
        return tuple(row["pk"]["S"].removeprefix("JOB#") for row in self._overdue(shard, now_ms, limit))

    def due_holds(self, shard: str, now_ms: int, limit: int) -> tuple[OpenHold, ...]:
        """Overdue holds, most overdue first."""
        found = ((row["pk"]["S"], row["sk"]["S"]) for row in self._overdue(shard, now_ms, limit))
        return tuple(OpenHold(pk.removeprefix("TENANT#"), sk.removeprefix("HOLD#")) for pk, sk in found)

    def _overdue(self, shard: str, now_ms: int, limit: int) -> list[Item]:
        return self._query("due", "due_shard = :shard AND due_ms <= :now", limit, shard=shard, now=now_ms)

    def page(self, tenant: str, limit: int, before_rank: str | None) -> Page:
        """A tenant's jobs, newest first."""
        before = before_rank or "~"
        condition = "tenant_listed = :tenant AND listed_rank < :before"
        rows = self._query("by_tenant", condition, limit + 1, forward=False, tenant=tenant, before=before)
        ids = [row["listed_rank"]["S"] for row in rows]
        shown = ids[:limit]
        return Page(self._jobs(shown), shown[-1] if len(ids) > limit else None)

    def _query(self, index: str, condition: str, limit: int, *, forward: bool = True, **values: object) -> list[Item]:
        answer = self._client.query(
            TableName=self._table,
            IndexName=index,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=encode({f":{name}": value for name, value in values.items()}),
            ScanIndexForward=forward,
            Limit=limit,
        )
        items: list[Item] = answer["Items"]
        return items

    def _jobs(self, ids: list[str]) -> tuple[Any, ...]:
        wanted = [key for job_id in ids for key in (keys.job(job_id), keys.request(job_id))]
        rows = {(row["pk"]["S"], row["sk"]["S"]): row for row in rows_by_key(self._client, self._table, wanted)}
        pairs = ((rows.get((keys.job_pk(one), keys.JOB)), rows.get((keys.job_pk(one), keys.REQUEST))) for one in ids)
        return tuple((job_rows.from_item(job), request_rows.from_item(asked)) for job, asked in pairs if job and asked)


def _waiting(row: Item) -> Waiting:
    rank = row["waiting_rank"]["S"]
    return Waiting(row["pk"]["S"].removeprefix("JOB#"), rank.split("#", 1)[0], rank)
