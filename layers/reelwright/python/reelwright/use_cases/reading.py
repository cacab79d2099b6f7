"""Read rows one by one, so that one that cannot be read keeps nobody else waiting."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from reelwright.domain.errors import NotFound
from reelwright.use_cases.ports import Telemetry

Row = TypeVar("Row")

UNREADABLE: Final = (NotFound, LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""What a missing row raises, and one that other code wrote, as after a rollback; not: trouble with the table."""


@dataclass(frozen=True, slots=True)
class ReadRows:
    """Counts and tells what cannot be read; its job waits until the sweep finds it readable again."""

    telemetry: Telemetry

    def row(self, key: str, read: Callable[[], Row]) -> Row | None:
        """What `read` finds; None where it cannot be read."""
        try:
            return read()
        except UNREADABLE as error:
            self.unreadable(key, error)
            return None

    def unreadable(self, key: str, error: Exception) -> None:
        """Count a row that somebody else could not read, and tell its key."""
        self.telemetry.count("RepairFailed")
        self.telemetry.trouble("row unreadable", key=key, reason=type(error).__name__)
