"""What operators change: tenants with their keys, lanes, secrets."""

from collections.abc import Mapping
from typing import Protocol

from reelwright.domain.tenant import ApiKey, Tenant


class TenantDesk(Protocol):
    """Tenants and their API keys, to be listed and changed."""

    def all(self) -> tuple[Tenant, ...]:
        """Every tenant, by id."""
        ...

    def get(self, tenant_id: str) -> Tenant:
        """One tenant. Raises NotFound."""
        ...

    def create(self, tenant: Tenant) -> None:
        """Write a tenant that is not there yet. Raises Conflict."""
        ...

    def change(self, tenant_id: str, fields: Mapping[str, object]) -> None:
        """Set fields of an existing tenant. Raises NotFound."""
        ...

    def keys(self, tenant_id: str) -> tuple[ApiKey, ...]:
        """The tenant's API keys, revoked and expired ones included."""
        ...

    def put_api_key(self, key_hash: str, key: ApiKey) -> None:
        """Store what the key with this SHA-256 may do."""
        ...

    def replace(self, old: ApiKey, key_hash: str, key: ApiKey) -> None:
        """Store a key and the older one's new end, both or neither. Raises Conflict when that was replaced before."""
        ...

    def revoke(self, tenant_id: str, key_id: str) -> None:
        """Revoke a key for ever. Raises NotFound."""
        ...


class LaneDesk(Protocol):
    """What an operator sets about a lane."""

    def set(self, lane_id: str, fields: Mapping[str, object | None]) -> None:
        """Set `slot_limit`, `requests_per_minute`, `paused`, `paused_by`; None goes back to the stage's default."""
        ...

    def paused_by(self, lane_id: str) -> str:
        """What paused the lane: `lane`, `all`, or "" when it is not paused."""
        ...

    def forget(self, lane_id: str, now_ms: int) -> None:
        """Forget what the lane has learnt: breaker, working limit, pace."""
        ...


class SecretDesk(Protocol):
    """One secret, to be rewritten."""

    def read(self) -> dict[str, object]:
        """All its fields."""
        ...

    def write(self, fields: Mapping[str, object]) -> None:
        """Replace all its fields."""
        ...
