"""Now and then: what is left at Kling, and whether the books agree. It looks and changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Final

from reelwright.domain.errors import Conflict
from reelwright.domain.provider_errors import ProviderError
from reelwright.domain.times import month
from reelwright.use_cases.observing import guarded
from reelwright.use_cases.ops.differences import Difference
from reelwright.use_cases.ops.ledger import LedgerChecks
from reelwright.use_cases.ops.ports import Billing
from reelwright.use_cases.ports import Clock, Telemetry

MINUTE_MS: Final = 60_000
DAY_MS: Final = 86_400_000
PACK_DAYS: Final = 90
"""How long Kling's packs are valid at most."""

ANSWERED: Final = frozenset({"strange", "no-keys", "1302"})
"""Codes of failed questions that say nothing against Kling's health; the first two are our own."""

SPENT: Final = frozenset({"expired", "runOut"})
"""States of a pack from which nothing can be taken (Kling API contract, account and billing)."""


@dataclass(slots=True)
class WatchCredit:
    """What Kling says is left in each account's packs; asked every so many minutes, never when that is 0."""

    billing: Mapping[str, Billing]
    clock: Clock
    telemetry: Telemetry
    every_minutes: int
    _asked: int = field(default=-1, init=False)
    """The minute (since the epoch) in which Kling was asked last; the sweep may be woken twice in one."""

    def watch(self) -> None:
        """Ask in the minutes that are due, once in each: Kling allows one call a second."""
        minute = self.clock.now_ms() // MINUTE_MS
        if self.every_minutes and minute % self.every_minutes == 0 and minute != self._asked:
            self._asked = minute
            self.telemetry.job("")
            self._ask()

    def _ask(self) -> None:
        """Kling's pulse as well: no other question comes as regularly, however few slots and long tasks there are.

        It is missed when no account is answered; one that has no keys was not asked, and a strange answer is one too.
        """
        silent = list[str]()
        for account, books in self.billing.items():
            guarded(self.telemetry, f"credit of {account}", partial(self._of, books, account, silent))
        if silent and len(silent) == len(self.billing):
            self.telemetry.count("CreditUnknown", facts={"code": silent[0]})

    def _of(self, books: Billing, account: str, silent: list[str]) -> None:
        now = self.clock.now_ms()
        try:
            packs = books.packs(now - PACK_DAYS * DAY_MS, now)
        except ProviderError as error:
            silent += [error.code] if error.code not in ANSWERED else []
            raise
        left = sum((pack.left for pack in packs if pack.status not in SPENT), Decimal(0))
        self.telemetry.count("KlingCreditUnits", float(left), dimension=("account", account))


@dataclass(frozen=True, slots=True)
class WatchLedger:
    """Reconciles this month's books, and on the first day of a month those of the last one."""

    checks: LedgerChecks
    clock: Clock
    telemetry: Telemetry

    def watch(self) -> None:
        """Tell how many differences there are, 0 included; each stands in the log by its kind.

        Raises what hinders the whole check: the invocation fails then, is repeated, and ends in a dead letter.
        """
        self.telemetry.job("")
        now = self.clock.now_ms()
        months = sorted({month(now - DAY_MS), month(now)})
        found = [one for tenant in self.checks.names() for name in months for one in self._of(tenant, name)]
        self.telemetry.count("LedgerDrift", len(found))
        for one in found:
            told = {"tenant": one.tenant, "subject": one.subject, "expected": one.expected, "found": one.found}
            self.telemetry.trouble("ledger drift", kind=one.kind, **told)

    def _of(self, tenant: str, name: str) -> tuple[Difference, ...]:
        """A tenant whose money never stands still has no verdict this time, and hides no other's."""
        try:
            return self.checks.of(tenant, name)
        except Conflict:
            self.telemetry.trouble("books never stood still", tenant=tenant, month=name)
            return ()
