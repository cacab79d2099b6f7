"""Whoever an API key belongs to."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tenant:
    """A tenant's plan: monthly budget in video units, tasks at once, POSTs a minute, share of a lane's turns.

    A suspended tenant is admitted nothing; a paused one is admitted, and waits.
    .
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
