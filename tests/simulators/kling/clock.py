"""Where the simulator reads the time: a real clock for servers, a virtual one for tests."""

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time in epoch milliseconds."""

    def now_ms(self) -> int:
        """Return the present time in epoch milliseconds."""
        ...


class RealClock:
    """The machine's own clock."""

    def now_ms(self) -> int:
        """Return the present time in epoch milliseconds."""
        return time.time_ns() // 1_000_000


class VirtualClock:
    """A clock that moves only when told to."""

    def __init__(self, start_ms: int = 1_760_000_000_000) -> None:
        self._now_ms = start_ms

    def now_ms(self) -> int:
        """Return the present virtual time in epoch milliseconds."""
        return self._now_ms

    def move_to(self, at_ms: int) -> None:
        """Move forward to `at_ms`; time never runs backwards."""
        self._now_ms = max(self._now_ms, at_ms)
