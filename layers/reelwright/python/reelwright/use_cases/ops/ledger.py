"""Check the ledger against itself and against Kling's, and export it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reelwright.domain.times import month_bounds, neighbours
from reelwright.use_cases.ops.books import Entry, Paid
from reelwright.use_cases.ops.differences import Difference, differences
from reelwright.use_cases.ops.kling_books import Deduction
from reelwright.use_cases.ops.kling_differences import kling_differences
from reelwright.use_cases.ops.ports import Billing, Records, TenantDesk
from reelwright.use_cases.ports import Clock
from reelwright.use_cases.reading import UNREADABLE

LATEST_END_MS = 9 * 86_400_000
"""How long after its month a job may still succeed: seven days in the queue, one at Kling, one to spare."""


@dataclass(frozen=True, slots=True)
class LedgerChecks:
    """Reconciles; it changes nothing, for which side is right is an operator's decision."""

    records: Records
    tenants: TenantDesk
    billing: Mapping[str, Billing]
    clock: Clock

    def check(self, month: str, tenant: str | None = None) -> tuple[Difference, ...]:
        """Every difference within our own books of a month. Raises NotFound, Unsettled."""
        return tuple(one for name in self.names(tenant) for one in self.of(name, month))

    def of(self, tenant: str, month: str) -> tuple[Difference, ...]:
        """One tenant's. Books that cannot be read are a difference too, and hide no other's. Raises Unsettled."""
        try:
            return tuple(differences(self.records.books(tenant, month)))
        except UNREADABLE as error:
            return (Difference("unreadable", tenant, month, "books that can be read", type(error).__name__),)

    def check_with_kling(self, month: str) -> tuple[Difference, ...]:
        """Every difference between our jobs and the deductions of all accounts; needs all tenants."""
        start, end = month_bounds(month)
        latest = min(end + LATEST_END_MS, self.clock.now_ms())
        rows = self._deductions(start, latest)
        return tuple(kling_differences(month, self._paid(month), rows, start, end))

    def entries(self, month: str, tenant: str | None = None) -> Iterator[Entry]:
        """The entries of a month, tenant by tenant. Raises NotFound."""
        return (entry for name in self.names(tenant) for entry in self.records.entries(name, month))

    def names(self, tenant: str | None = None) -> tuple[str, ...]:
        """That tenant, or all there are. Raises NotFound."""
        return (self.tenants.get(tenant).id,) if tenant else tuple(one.id for one in self.tenants.all())

    def _deductions(self, start: int, end: int) -> list[Deduction]:
        return [row for account in self.billing.values() for row in account.deductions(start, end)]

    def _paid(self, month: str) -> list[Paid]:
        before, after = neighbours(month)
        months = (before, month, after)
        return [paid for name in self.names(None) for paid in self._of(name, months)]

    def _of(self, tenant: str, months: tuple[str, ...]) -> Iterator[Paid]:
        """A tenant's jobs of some months, erased ones by what was kept of them."""
        yield from map(Paid.of, self.records.jobs(self._ids(tenant, months)))
        yield from (paid for paid in self.records.buried(tenant) if paid.month in months)

    def _ids(self, tenant: str, months: tuple[str, ...]) -> set[str]:
        return {entry.job for month in months for entry in self.records.entries(tenant, month)}
