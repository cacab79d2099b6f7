"""Time and names."""

from typing import Protocol


class Clock(Protocol):
    """Time."""

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        ...


class Ids(Protocol):
    """Identifiers that never repeat."""

    def job(self) -> str:
        """A new job id: `job_` and 26 lower-case characters that sort by time of creation."""
        ...

    def owner(self) -> str:
        """A new lease owner."""
        ...
