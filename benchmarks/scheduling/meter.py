"""Ports that take their time and count what they cost."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from benchmarks.scheduling.latencies import Dice, Latencies
from reelwright.domain.errors import NoFreeSlot, Stale
from tests.simulation.world import World

Cost = tuple[str, int, bool]
"""(which latency, calls of the table, whether a condition may fail)."""

READ: Final[Cost] = ("table_read", 1, False)
WRITE: Final[Cost] = ("table_write", 1, True)
TRANSACTION: Final[Cost] = ("table_transaction", 1, True)

TABLE: Final[dict[str, Cost]] = {
    "save": WRITE,
    "note_callback": WRITE,
    "clear_callback": WRITE,
    "remember": ("table_write", 1, False),
    "renew": WRITE,
    "book_wake": WRITE,
    "learn": ("table_write", 2, False),
    "free": ("table_write", 2, True),
    "admit": TRANSACTION,
    "claim": TRANSACTION,
    "save_and_free": TRANSACTION,
    "settle": TRANSACTION,
}
"""What each method costs with the real adapter, where it is not a single read."""


class Meter:
    """What was done to the table."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.conditional = 0
        self.failed = 0

    @property
    def total(self) -> int:
        """All calls."""
        return sum(self.calls.values())


class Timed:
    """A port of the table: each call pauses its process for the latency of that call, then happens at once."""

    def __init__(self, world: World, dice: Dice, latencies: Latencies, meter: Meter, port: Any) -> None:
        self._parts = (world, dice, latencies, meter)
        self._port = port

    def __getattr__(self, method: str) -> Callable[..., Any]:
        through = self._through(method, TABLE.get(method, READ))
        setattr(self, method, through)
        return through

    def _through(self, method: str, cost: Cost) -> Callable[..., Any]:
        world, dice, latencies, meter = self._parts
        inner, (kind, calls, conditional) = getattr(self._port, method), cost
        median = getattr(latencies, kind)

        def through(*args: Any, **more: Any) -> Any:
            world.pause(dice.around(median))
            meter.calls[method] += calls
            meter.conditional += conditional
            try:
                result = inner(*args, **more)
            except (Stale, NoFreeSlot):
                meter.failed += 1
                raise
            meter.failed += conditional and result is False
            return result

        return through
