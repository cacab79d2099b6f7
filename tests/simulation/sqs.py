"""Implements `ports.Hints` on a queue that loses, doubles, delays and reorders, and feeds dispatchers in batches."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.use_cases.dispatch import Hint
from tests.simulation.world import MISTAKES, World

MAX_RECEIVES = 4
BATCH = 5
CONCURRENCY = 5


@dataclass(slots=True)
class Message:
    """A hint and how often it was received."""

    hint: Hint
    receives: int = 0


class HintQueue:
    """`serve(hint)` is the use case behind a message; it runs in a process for each batch."""

    def __init__(self, world: World, timeout_ms: int) -> None:
        self._world = world
        self._timeout_ms = timeout_ms
        self.serve: Callable[[Hint, int], object] = lambda _hint, _until: None
        self.until_ms: Callable[[], int] = lambda: 0
        self.sent: list[Hint] = []
        self.ready: list[Message] = []
        self.dead: list[Message] = []
        self.busy = 0
        self.pending = 0

    def wake(self, lane: str, tenant: str, job_id: str | None = None, delay_seconds: int = 0) -> None:
        """See `ports.Hints.wake`."""
        world, hint = self._world, Hint(lane, tenant, job_id)
        if world.chance(world.chaos.lost_hint):
            world.note("hints.wake", "lost")
            return
        self.sent.append(hint)
        for _ in range(2 if world.chance(world.chaos.doubled_hint) else 1):
            self._later(Message(hint), delay_seconds * 1000 + world.rng.choice((5, 50, 2_000, 45_000)))

    def _later(self, message: Message, delay_ms: int) -> None:
        self.pending += 1
        self._world.at(delay_ms, lambda: self._arrive(message))

    def _arrive(self, message: Message) -> None:
        self.pending -= 1
        self.ready.append(message)
        self._pump()

    def _pump(self) -> None:
        while self.ready and self.busy < CONCURRENCY:
            size = self._world.rng.randint(1, BATCH)
            batch, self.ready = self.ready[:size], self.ready[size:]
            self.busy += 1
            self._process(batch)

    def _process(self, batch: list[Message]) -> None:
        open_ones = list(batch)

        def handler() -> None:
            """Each record by itself, as a partial batch response has it."""
            until_ms = self.until_ms()
            for message in batch:
                try:
                    self.serve(message.hint, until_ms)
                except MISTAKES:
                    raise
                except Exception as error:  # noqa: BLE001 - whatever fails, only this record is reported
                    self._world.note("batch item", type(error).__name__)
                else:
                    served.append(message)

        def done(_result: object, error: BaseException | None) -> None:
            self.busy -= 1
            finished = [] if error else served
            self._again([one for one in open_ones if not any(one is other for other in finished)])
            self._pump()

        served: list[Message] = []
        self._world.call("dispatch", self._timeout_ms, handler, done)

    def _again(self, failed: list[Message]) -> None:
        """Visible again after six times the function's timeout; in the dead-letter queue after four receives."""
        for message in failed:
            message.receives += 1
            if message.receives >= MAX_RECEIVES:
                self.dead.append(message)
            else:
                self._later(message, 6 * self._timeout_ms)
