"""Tenants, their API keys and their ledgers: implements `ports.Tenants` on DynamoDB."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.domain.errors import NotFound
from reelwright.domain.tenant import ApiKey, Tenant, Usage


class TableTenants:
    """Tenants in DynamoDB."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def get(self, tenant_id: str) -> Tenant:
        """See `ports.Tenants.get`."""
        row = self._row(keys.tenant(tenant_id))
        if row is None:
            raise NotFound("There is no such tenant.")
        return tenant_of(tenant_id, row)

    def put(self, tenant: Tenant) -> None:
        """Create a tenant or replace its plan; the month's totals follow at the next admission."""
        self._put(tenant_item(tenant), keys.listed_tenant(tenant.id))

    def usage(self, tenant: Tenant, month: str) -> Usage:
        """See `ports.Tenants.usage`."""
        row = self._row(keys.budget(tenant.id, month)) or {}
        zero = Decimal(0)
        return Usage(month, tenant.monthly_units, row.get("held", zero), row.get("captured", zero))

    def api_key(self, key_hash: str) -> ApiKey | None:
        """The API key whose text has this SHA-256 (hex), if there is one."""
        row = self._row(keys.api_key(key_hash))
        if row is None:
            return None
        expires = row.get("expires_ms")
        return ApiKey(
            tenant=row["tenant"],
            key_id=row["key_id"],
            scopes=tuple(sorted(row["scopes"])),
            expires_ms=int(expires) if expires is not None else None,
            revoked=row["revoked"],
            name=row.get("name", ""),
            replaced_by=row.get("replaced_by", ""),
        )

    def put_api_key(self, key_hash: str, key: ApiKey) -> None:
        """Store what a key may do, and a line about it with its tenant."""
        self._put(*self.key_items(key_hash, key))

    @staticmethod
    def key_items(key_hash: str, key: ApiKey) -> tuple[Item, Item]:
        """The row of a key, and the line about it with its tenant."""
        values = asdict(key) | {"scopes": set(key.scopes)}
        line = keys.tenant_key(key.tenant, key.key_id) | encode({"key_hash": key_hash})
        return keys.api_key(key_hash) | encode(values), line

    def _put(self, *items: Item) -> None:
        writes: Any = [{"Put": {"TableName": self._table, "Item": item}} for item in items]
        self._client.transact_write_items(TransactItems=writes)

    def _row(self, key: dict[str, Any]) -> dict[str, Any] | None:
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return decode(answer["Item"]) if "Item" in answer else None


def tenant_of(tenant_id: str, row: Mapping[str, Any]) -> Tenant:
    """The tenant that a row holds."""
    return Tenant(
        tenant_id,
        row["monthly_units"],
        int(row["max_concurrent"]),
        int(row["requests_per_minute"]),
        row.get("suspended", False),
        int(row.get("weight", 1)),
        row.get("paused", False),
    )


def tenant_item(tenant: Tenant) -> Item:
    """The row of a tenant."""
    values = asdict(tenant)
    del values["id"]
    return keys.tenant(tenant.id) | encode(values)
