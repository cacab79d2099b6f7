"""Tenants, their API keys and their ledgers: implements `ports.Tenants` on DynamoDB."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import decode, encode
from reelwright.domain.errors import NotFound
from reelwright.domain.tenant import Tenant, Usage


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What an API key may do; the key's text is never stored, only its SHA-256."""

    tenant: str
    key_id: str
    scopes: tuple[str, ...]
    expires_ms: int | None = None
    revoked: bool = False

    def good(self, now_ms: int) -> bool:
        """True while the key is neither revoked nor expired."""
        return not self.revoked and (self.expires_ms is None or self.expires_ms > now_ms)


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
        return Tenant(
            tenant_id,
            row["monthly_units"],
            int(row["max_concurrent"]),
            int(row["requests_per_minute"]),
            row.get("suspended", False),
            int(row.get("weight", 1)),
            row.get("paused", False),
        )

    def put(self, tenant: Tenant) -> None:
        """Create a tenant or replace its plan; the month's totals follow at the next admission."""
        values = asdict(tenant)
        del values["id"]
        self._client.put_item(TableName=self._table, Item=keys.tenant(tenant.id) | encode(values))

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
        scopes = tuple(sorted(row["scopes"]))
        return ApiKey(
            row["tenant"], row["key_id"], scopes, int(expires) if expires is not None else None, row["revoked"]
        )

    def put_api_key(self, key_hash: str, key: ApiKey) -> None:
        """Store what a key may do."""
        values = asdict(key) | {"scopes": set(key.scopes)}
        self._client.put_item(TableName=self._table, Item=keys.api_key(key_hash) | encode(values))

    def _row(self, key: dict[str, Any]) -> dict[str, Any] | None:
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return decode(answer["Item"]) if "Item" in answer else None
