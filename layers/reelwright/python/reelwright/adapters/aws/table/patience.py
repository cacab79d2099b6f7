"""How long to stand aside when somebody else's transaction holds a row."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from botocore.exceptions import ClientError

TRIES: Final = 8
"""A write that met a transaction on the same row is tried again this often, with growing, uneven pauses."""

Result = TypeVar("Result")


def _uneven() -> float:
    return time.monotonic() % 1


@dataclass(frozen=True, slots=True)
class Patience:
    """Pauses of 20 ms and up, in seconds; `uneven` (0 to 1) keeps those who met from meeting again."""

    pause: Callable[[float], None] = time.sleep
    uneven: Callable[[], float] = _uneven

    def wait(self, attempt: int) -> None:
        """Stand aside after the attempt of this number, counted from 0."""
        self.pause(0.02 * 2 ** min(attempt, 5) * (0.5 + self.uneven()))

    def alone(self, write: Callable[[], Result]) -> Result:
        """Do a single write, which a running transaction on its row refuses (`TransactionConflictException`)."""
        for attempt in range(TRIES - 1):
            try:
                return write()
            except ClientError as error:
                if error.response["Error"]["Code"] != "TransactionConflictException":
                    raise
                self.wait(attempt)
        return write()

    def if_met(self, write: Callable[[], Result]) -> Result | None:
        """Do a single write alone; None when its condition did not hold."""
        try:
            return self.alone(write)
        except ClientError as error:
            if unmet(error):
                return None
            raise


def unmet(error: ClientError) -> bool:
    """True when the condition of a single write did not hold."""
    return error.response["Error"]["Code"] == "ConditionalCheckFailedException"


PATIENT: Final = Patience()
