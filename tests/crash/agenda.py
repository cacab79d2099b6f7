"""Virtual time: what is going to happen, in order, with the simulated Kling keeping its own list."""

from collections.abc import Callable

from tests.simulators.kling.clock import VirtualClock
from tests.simulators.kling.control import Control
from tests.simulators.kling.timeline import Timeline

STEP_MS = 15
"""How long one outside call takes."""


class Agenda:
    """Runs actions at their time; nothing ever waits."""

    def __init__(self, clock: VirtualClock, kling: Timeline, control: Control) -> None:
        self.clock = clock
        self._own = Timeline()
        self._kling = kling
        self._control = control

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Plan an action."""
        self._own.at(self.clock.now_ms() + round(1000 * seconds), lambda _at_ms: action())

    def tick(self) -> None:
        """One outside call's time passes; whatever is due waits until the function is done."""
        self.clock.move_to(self.clock.now_ms() + STEP_MS)

    def run(self, until_ms: int, stop: Callable[[], bool] = lambda: False) -> None:
        """Let everything happen that is due by `until_ms`, one moment at a time, or until `stop`."""
        while not stop() and (next_ms := self._next_ms()) is not None and next_ms <= until_ms:
            self.clock.move_to(next_ms)
            self._control.advance(0)
            self._own.run_due(self.clock.now_ms())
        if not stop():
            self.clock.move_to(until_ms)

    def _next_ms(self) -> int | None:
        times = [at_ms for at_ms in (self._own.next_ms(), self._kling.next_ms()) if at_ms is not None]
        return min(times) if times else None
