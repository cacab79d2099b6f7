"""Now and then: what is left at Kling, and whether the books agree. It looks and changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reelwright.domain.provider_errors import ProviderError
from reelwright.domain.times import month
from reelwright.use_cases.observing import guarded
from reelwright.use_cases.ops.ledger import LedgerChecks
from reelwright.use_cases.ops.ports import Billing
from reelwright.use_cases.ops.records import Pack
from reelwright.use_cases.ports import Clock, Telemetry

MINUTE_MS: Final = 60_000
DAY_MS: Final = 86_400_000
PACK_DAYS: Final = 90
"""How long Kling's packs are valid at most."""

SPENT: Final = frozenset({"expired", "runOut"})
"""States of a pack from which nothing can be taken (Kling API contract, account and billing)."""


@dataclass(frozen=True, slots=True)
class WatchCredit:
    """What Kling says is left in each account's packs; asked every so many minutes, never when that is 0."""

    billing: Mapping[str, Billing]
    clock: Clock
    telemetry: Telemetry
    every_minutes: int

    def watch(self) -> None:
        """Ask in the minutes that are due: the sweep comes once in each, and Kling allows one call a second."""
        if self.every_minutes and self.clock.now_ms() // MINUTE_MS % self.every_minutes == 0:
            self.telemetry.job("")
            guarded(self.telemetry, "credit", self._ask)

    def _ask(self) -> None:
        now = self.clock.now_ms()
        for account, books in self.billing.items():
            packs = self._packs(books, now)
            left = sum((pack.left for pack in packs if pack.status not in SPENT), Decimal(0))
            self.telemetry.count("KlingCreditUnits", float(left), dimension=("account", account))

    def _packs(self, books: Billing, now_ms: int) -> tuple[Pack, ...]:
        """Kling's pulse as well: no other question comes as regularly, however few slots and long tasks there are."""
        try:
            return books.packs(now_ms - PACK_DAYS * DAY_MS, now_ms)
        except ProviderError as error:
            self.telemetry.count("CreditUnknown", facts={"code": error.code})
            raise


@dataclass(frozen=True, slots=True)
class WatchLedger:
    """Reconciles this month's books, and on the first day of a month those of the last one."""

    checks: LedgerChecks
    clock: Clock
    telemetry: Telemetry

    def watch(self) -> None:
        """Tell how many differences there are, 0 included; each stands in the log by its kind."""
        self.telemetry.job("")
        guarded(self.telemetry, "ledger", self._check)

    def _check(self) -> None:
        now = self.clock.now_ms()
        found = [one for name in sorted({month(now - DAY_MS), month(now)}) for one in self.checks.check(name)]
        self.telemetry.count("LedgerDrift", len(found))
        for one in found:
            told = {"tenant": one.tenant, "subject": one.subject, "expected": one.expected, "found": one.found}
            self.telemetry.trouble("ledger drift", kind=one.kind, **told)
