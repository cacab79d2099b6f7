"""What Kling's own books say."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Pack:
    """A resource pack of a Kling account, in units; what is left lags by up to twelve hours."""

    name: str
    kind: str
    total: Decimal
    left: Decimal
    status: str
    invalid_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Deduction:
    """A row of Kling's own ledger: units taken for a task. `at_ms` is None where the row's time cannot be read."""

    task_id: str
    units: Decimal
    at_ms: int | None
    model: str = ""
