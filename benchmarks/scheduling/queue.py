"""The queue of hints and the dispatchers behind it."""

from collections import deque
from collections.abc import Callable

from benchmarks.scheduling.latencies import Dice, Latencies
from reelwright.use_cases.dispatch import Hint
from tests.simulation.world import World

BATCH = 5
TIMEOUT_MS = 120_000
SEND_MS = 60_000


class HintQueue:
    """Implements `ports.Hints`; at most `dispatchers` functions run at the same time, as the event source allows."""

    def __init__(self, world: World, dice: Dice, latencies: Latencies, dispatchers: int) -> None:
        self._world, self._dice, self._latencies = world, dice, latencies
        self._free = dispatchers
        self._ready: deque[Hint] = deque()
        self.serve: Callable[[Hint, int], int] = lambda _hint, _until: 0
        self.sent = 0
        self.failed: list[str] = []

    def wake(self, lane: str, tenant: str, job_id: str | None = None, delay_seconds: int = 0) -> None:
        """See `ports.Hints.wake`."""
        self.sent += 1
        self._world.pause(self._dice.around(self._latencies.queue_send))
        delay = delay_seconds * 1000 + self._dice.around(self._latencies.queue_delivery)
        self._world.at(delay, lambda: self._arrive(Hint(lane, tenant, job_id)))

    def _arrive(self, hint: Hint) -> None:
        self._ready.append(hint)
        self._pump()

    def _pump(self) -> None:
        while self._ready and self._free:
            batch = [self._ready.popleft() for _ in range(min(BATCH, len(self._ready)))]
            self._free -= 1
            self._world.call("dispatch", TIMEOUT_MS, lambda batch=batch: self._work(batch), self._done)  # type: ignore[misc]

    def _work(self, batch: list[Hint]) -> None:
        self._world.pause(self._dice.around(self._latencies.function_start))
        until = self._world.now_ms + TIMEOUT_MS - SEND_MS
        for hint in batch:
            self.serve(hint, until)

    def _done(self, _result: object, error: BaseException | None) -> None:
        self._free += 1
        if error is not None:
            self.failed.append(type(error).__name__)
        self._pump()
