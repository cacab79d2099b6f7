"""What was deducted for which task."""

from dataclasses import dataclass, field
from decimal import Decimal

from tests.simulators.kling.errors import KlingError
from tests.simulators.kling.task import Task


@dataclass(frozen=True)
class Deduction:
    """One row: units taken off the pack at a task's success."""

    task: Task
    at_ms: int
    units: Decimal
    before: Decimal

    @property
    def after(self) -> Decimal:
        """Return what the pack held afterwards."""
        return self.before - self.units


@dataclass
class Ledger:
    """A prepaid pack for each account."""

    total: Decimal
    rows: list[Deduction] = field(default_factory=list)
    elsewhere: dict[str, Decimal] = field(default_factory=dict)
    """What an account's pack gained, or lost to others, beside these rows."""

    def deduct(self, task: Task, units: Decimal, at_ms: int) -> None:
        """Write a row."""
        self.rows.append(Deduction(task, at_ms, units, self.remaining(task.account)))

    def of(self, account: str) -> list[Deduction]:
        """Return an account's rows, oldest first."""
        return [row for row in self.rows if row.task.account == account]

    def remaining(self, account: str) -> Decimal:
        """Return what is left of an account's pack."""
        used = sum((row.units for row in self.of(account)), Decimal(0))
        return self.total + self.elsewhere.get(account, Decimal(0)) - used

    def leave(self, account: str, units: Decimal) -> None:
        """Let so many units be left of an account's pack."""
        self.elsewhere[account] = self.elsewhere.get(account, Decimal(0)) + units - self.remaining(account)

    def check_not_empty(self, account: str) -> None:
        """Refuse with 1102 when nothing is left of the pack."""
        if self.remaining(account) <= 0:
            raise KlingError(1102)
