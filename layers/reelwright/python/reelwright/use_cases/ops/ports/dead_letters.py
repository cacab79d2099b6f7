"""Messages that could not be handled."""

from collections.abc import Iterable
from typing import Protocol

from reelwright.use_cases.ops.records import DeadLetter


class DeadLetters(Protocol):
    """The dead-letter queues, by the short names `hints`, `sweep`, `deliveries` and `announce`."""

    def look(self, limit: int) -> tuple[DeadLetter, ...]:
        """Up to `limit` letters of each queue; each is hidden from other readers until `put_back`."""
        ...

    def put_back(self, letters: Iterable[DeadLetter]) -> None:
        """Show letters to others again at once."""
        ...

    def redrive(self, letter: DeadLetter, group: str) -> None:
        """Send the letter to the queue it came from, in the message group, then take it away."""
        ...

    def drop(self, letter: DeadLetter) -> None:
        """Take the letter away for good."""
        ...
