"""Tenants, keys and lanes as an operator sets them: implements `use_cases.ops.ports.TenantDesk` and `LaneDesk`."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from reelwright.adapters.aws.ops.rows import query
from reelwright.adapters.aws.table import keys, lane_rows
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.adapters.aws.table.patience import unmet
from reelwright.adapters.aws.table.tenants import TableTenants, tenant_item
from reelwright.adapters.aws.table.transactions import Canceled, Transactions
from reelwright.domain.errors import Conflict, NotFound
from reelwright.domain.lane import Lessons
from reelwright.domain.tenant import ApiKey, Tenant


def update(client: Any, table: str, key: Item, fields: Mapping[str, object | None]) -> bool:
    """Set fields of a row, take those away that are None; False when there is no such row."""
    kept = {name: value for name, value in fields.items() if value is not None}
    sets = ", ".join(f"#{name} = :{name}" for name in kept)
    removes = ", ".join(f"#{name}" for name in fields if name not in kept)
    change = " ".join(part for part in (sets and f"SET {sets}", removes and f"REMOVE {removes}") if part)
    values = {"ExpressionAttributeValues": encode({f":{name}": value for name, value in kept.items()})} if kept else {}
    try:
        client.update_item(
            TableName=table,
            Key=key,
            UpdateExpression=change,
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={f"#{name}": name for name in fields},
            **values,
        )
    except ClientError as error:
        if unmet(error):
            return False
        raise
    return True


class TableTenantDesk(TableTenants):
    """Tenants in DynamoDB, with the list of all of them."""

    def all(self) -> tuple[Tenant, ...]:
        """See `TenantDesk.all`."""
        lines = query(self._client, self._table, "pk = :pk", {":pk": keys.TENANTS})
        return tuple(self.get(line["sk"]) for line in lines)

    def create(self, tenant: Tenant) -> None:
        """See `TenantDesk.create`."""
        put = {"TableName": self._table, "ConditionExpression": "attribute_not_exists(pk)"}
        writes: dict[str, Any] = {
            "tenant": {"Put": put | {"Item": tenant_item(tenant)}},
            "line": {"Put": {"TableName": self._table, "Item": keys.listed_tenant(tenant.id)}},
        }
        try:
            Transactions(self._client).run(writes)
        except Canceled as canceled:
            raise Conflict("There is such a tenant already.") from canceled

    def change(self, tenant_id: str, fields: Mapping[str, object]) -> None:
        """See `TenantDesk.change`."""
        if not update(self._client, self._table, keys.tenant(tenant_id), fields):
            raise NotFound("There is no such tenant.")

    def keys(self, tenant_id: str) -> tuple[ApiKey, ...]:
        """See `TenantDesk.keys`."""
        found = (self.api_key(line["key_hash"]) for line in self._lines(tenant_id))
        return tuple(key for key in found if key is not None)

    def replace(self, old: ApiKey, key_hash: str, key: ApiKey) -> None:
        """See `TenantDesk.replace`."""
        (line,) = [one for one in self._lines(old.tenant) if keys.named(one["sk"]) == old.key_id]
        fade: dict[str, Any] = {
            "TableName": self._table,
            "Key": keys.api_key(line["key_hash"]),
            "UpdateExpression": "SET expires_ms = :expires, replaced_by = :by",
            "ConditionExpression": "revoked = :no AND (attribute_not_exists(replaced_by) OR replaced_by = :none)",
            "ExpressionAttributeValues": encode(
                {":expires": old.expires_ms, ":by": key.key_id, ":no": False, ":none": ""}
            ),
        }
        rows = zip(("key", "line"), self.key_items(key_hash, key), strict=True)
        puts = {name: {"Put": {"TableName": self._table, "Item": item}} for name, item in rows}
        try:
            Transactions(self._client).run({**puts, "old": {"Update": fade}})
        except Canceled as canceled:
            raise Conflict("The key was replaced or revoked meanwhile.") from canceled

    def revoke(self, tenant_id: str, key_id: str) -> None:
        """See `TenantDesk.revoke`."""
        for line in self._lines(tenant_id):
            if keys.named(line["sk"]) == key_id and update(
                self._client, self._table, keys.api_key(line["key_hash"]), {"revoked": True}
            ):
                return
        raise NotFound("The tenant has no such key.")

    def _lines(self, tenant_id: str) -> list[dict[str, Any]]:
        values = {":pk": keys.tenant_pk(tenant_id), ":sk": keys.TENANT_KEY}
        return list(query(self._client, self._table, "pk = :pk AND begins_with(sk, :sk)", values))


class TableLaneDesk:
    """What operators set on lanes' rows; the lane must have a row."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def set(self, lane_id: str, fields: Mapping[str, object | None]) -> None:
        """See `LaneDesk.set`."""
        if not update(self._client, self._table, keys.lane(lane_id), fields):
            raise NotFound("There is no such lane.")

    def paused_by(self, lane_id: str) -> str:
        """See `LaneDesk.paused_by`."""
        answer = self._client.get_item(TableName=self._table, Key=keys.lane(lane_id), ConsistentRead=True)
        row = decode(answer.get("Item", {}))
        return str(row.get("paused_by", "lane")) if row.get("paused") else ""

    def forget(self, lane_id: str, now_ms: int) -> None:
        """See `LaneDesk.forget`; the version keeps counting, so that a lesson under way is not lost on it."""
        answer = self._client.get_item(TableName=self._table, Key=keys.lane(lane_id), ConsistentRead=True)
        version = int(decode(answer.get("Item", {})).get("lessons", {}).get("version", 0))
        blank = lane_rows.lessons(Lessons(version=version + 1))
        self.set(lane_id, {"lessons": blank, "cool_until_ms": now_ms, "tat_ms": now_ms})
