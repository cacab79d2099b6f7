"""Virtual time, one seeded source of chance, and the calls that take turns."""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from random import Random

from reelwright.domain.status import IllegalTransition
from tests.simulation.baton import Call, Done
from tests.simulation.chaos import Chaos, calm, draw
from tests.simulation.passages import Passages
from tests.support.fakes import START_MS

MISTAKES = (TypeError, AttributeError, LookupError, NameError, ArithmeticError, AssertionError, IllegalTransition)
"""Errors that no fault of the world explains: a process that dies of one ends the simulation."""


class World:
    """A heap of what happens next. Everything random is drawn from `rng`, in one order."""

    def __init__(self, seed: int, chaos: Chaos | None = None, began_ms: int = START_MS) -> None:
        self.seed = seed
        self.rng = Random(seed)  # noqa: S311 - chance that can be repeated is the point
        self.chaos = chaos or draw(self.rng)
        self.began_ms = self.now_ms = began_ms
        self.events = 0
        self.passages = Passages()
        self.trace: list[tuple[int, str, str, str]] = []
        self.after_event: Callable[[], None] = lambda: None
        self._heap: list[tuple[int, int, Callable[[], None]]] = []
        self._order = count()
        self._numbers = count(1)
        self.current: Call | None = None
        self.alive: list[Call] = []

    def at(self, delay_ms: int, happen: Callable[[], None]) -> None:
        """Let something happen `delay_ms` from now."""
        heappush(self._heap, (self.now_ms + delay_ms, next(self._order), happen))

    def run(self, until_ms: int, enough: Callable[[], bool]) -> None:
        """Let time pass until `until_ms`, or until `enough()` between two events."""
        while self._heap and self._heap[0][0] <= until_ms:
            if enough():
                return
            self.now_ms, _, happen = heappop(self._heap)
            happen()
            self.after_event()
        self.now_ms = max(self.now_ms, until_ms)

    def chance(self, probability: float) -> bool:
        """True with this probability; certain things draw nothing."""
        return probability > 0 and self.rng.random() < probability

    def note(self, what: str, outcome: str = "") -> None:
        """One line of the trace."""
        self.events += 1
        self.trace.append((self.now_ms - self.began_ms, self.current.name if self.current else "-", what, outcome))

    def call(self, name: str, timeout_ms: int, function: Callable[[], object], done: Done) -> Call:
        """Start a function as a process of its own that dies at its timeout."""
        call = Call(
            f"{name}.{next(self._numbers)}", function, lambda result, error: self._over(call, result, error, done)
        )
        self.alive.append(call)
        self.at(timeout_ms, lambda: self.kill(call))
        self._turn(call, call.go_on)
        return call

    def kill(self, call: Call) -> None:
        """End a process where it pauses."""
        if not call.over and call is not self.current:
            call.killed = True
            self._turn(call, call.go_on)

    def pause(self, delay_ms: int) -> None:
        """From inside a call: let others run meanwhile."""
        call = self.current
        if call is not None and delay_ms > 0:
            self.at(delay_ms, lambda: self._turn(call, call.go_on))
            call.pause()

    def peace(self) -> None:
        """No more faults."""
        self.chaos = calm(self.chaos)

    def _turn(self, call: Call, go: Callable[[], None]) -> None:
        if call.over:
            return
        before, self.current = self.current, call
        go()
        self.current = before

    def _over(self, call: Call, result: object, error: BaseException | None, done: Done) -> None:
        self.alive.remove(call)
        self.note("end", type(error).__name__ if error else "ok")
        if isinstance(error, MISTAKES):
            raise error
        done(result, error)

    def close(self) -> None:
        """Kill whatever still runs, so that nothing of it outlives its world."""
        for call in tuple(self.alive):
            self.kill(call)
