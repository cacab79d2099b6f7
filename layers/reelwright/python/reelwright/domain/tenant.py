"""Whoever an API key belongs to."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tenant:
    """A tenant's plan: budget in video units a month, caps, rate of POSTs a minute, and standing."""

    id: str
    monthly_units: Decimal
    max_concurrent: int
    max_open_jobs: int
    requests_per_minute: int
    suspended: bool = False


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
