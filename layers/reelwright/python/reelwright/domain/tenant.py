"""Whoever an API key belongs to."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tenant:
    """A tenant's plan: monthly budget in video units, tasks at once in each lane, POSTs a minute, share of turns.

    A suspended tenant is admitted nothing; a paused one is admitted, and waits.
    """

    id: str
    monthly_units: Decimal
    max_concurrent: int
    requests_per_minute: int
    suspended: bool = False
    weight: int = 1
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """A month's ledger in video units."""

    month: str
    budget: Decimal
    held: Decimal
    captured: Decimal

    @property
    def left(self) -> Decimal:
        """What the tenant may still commit this month."""
        return self.budget - self.held - self.captured


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What an API key may do; its text is never stored, only its SHA-256. `name` is the operator's word for it.

    `replaced_by` is the key that a rotation made; this one then works until it expires.
    """

    tenant: str
    key_id: str
    scopes: tuple[str, ...]
    expires_ms: int | None = None
    revoked: bool = False
    name: str = ""
    replaced_by: str = ""

    def good(self, now_ms: int) -> bool:
        """True while the key is neither revoked nor expired."""
        return not self.revoked and (self.expires_ms is None or self.expires_ms > now_ms)
