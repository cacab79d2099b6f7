"""Outside effects as they happen, and the faults that befall them."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

When = Literal["before", "after", "lost", "overtaken"]
"""Killed before the effect; killed after it (executed, answer lost); the function lives but the answer is lost; the
same event is served a second time, and the world goes on, between this effect and the one before it."""

LIBRARY = str(Path("layers/reelwright/python/reelwright").resolve())
CONTROL = str(Path(__file__).parent / "naive")


class Killed(BaseException):
    """The process is gone. Not an Exception: nothing in a function may catch it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls the effect with this number (counted from 1 over a whole run)."""

    effect: int
    when: When


@dataclass(frozen=True, slots=True)
class Call:
    """One outside call: `changes` says whether it can leave anything behind."""

    service: str
    operation: str
    about: str
    changes: bool


@dataclass(slots=True)
class Invocation:
    """One run of one function on one event."""

    number: int
    function: str
    event: dict[str, Any]
    changes: int = 0
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """A recorded call: which invocation made it, after how many changes of its own, from which lines of ours."""

    number: int
    function: str
    invocation: int
    changes: int
    call: Call
    lines: frozenset[tuple[str, int]]

    @property
    def site(self) -> str:
        """What makes this effect the same one in another run."""
        return f"{self.function}: {self.call.service}.{self.call.operation} {self.call.about}"


Dies = Callable[[Sequence[Effect], Effect, When], bool]
"""Whether the process is to die now, before or after this effect of a trace, though no plan says so."""


def never(_trace: Sequence[Effect], _effect: Effect, _when: When) -> bool:
    """Nothing dies but by plan."""
    return False


@dataclass
class Seams:
    """Through here goes every effect of every function. `lost` makes the error a living caller sees."""

    plan: dict[int, When] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    running: list[Invocation | None] = field(default_factory=list)
    seen: Callable[[Call], None] = lambda _call: None
    overtake: Callable[[Invocation], None] = lambda _invocation: None
    tick: Callable[[], None] = lambda: None
    dies: Dies = never
    struck: int = 0

    def planned(self) -> bool:
        """Whether something befalls the next effect."""
        return bool(self.running) and self.running[-1] is not None and len(self.effects) + 1 in self.plan

    def perform(self, call: Call, act: Callable[[], Any], lost: Callable[[], BaseException]) -> Any:
        """Let a call happen, or befall it what was planned. Raises Killed."""
        invocation = self.running[-1] if self.running else None
        if invocation is None:
            return act()
        if invocation.dead:
            raise Killed
        effect = self._record(invocation, call)
        when = self.plan.get(effect.number)
        self.tick()
        if when == "before" or self.dies(self.effects, effect, "before"):
            self._die(invocation)
        if when == "overtaken":
            self.struck += 1
            self.overtake(invocation)
        try:
            return act()
        finally:
            self._done(invocation, effect, when, lost)

    def _done(
        self, invocation: Invocation, effect: Effect, when: When | None, lost: Callable[[], BaseException]
    ) -> None:
        """It was executed, whatever came back; the caller may never learn that."""
        invocation.changes += effect.call.changes
        self.seen(effect.call)
        if when == "after" or self.dies(self.effects, effect, "after"):
            self._die(invocation)
        if when == "lost":
            self.struck += 1
            raise lost()

    def _record(self, invocation: Invocation, call: Call) -> Effect:
        number, lines = len(self.effects) + 1, frozenset(_lines())
        effect = Effect(number, invocation.function, invocation.number, invocation.changes, call, lines)
        self.effects.append(effect)
        return effect

    def _die(self, invocation: Invocation) -> None:
        self.struck += 1
        invocation.dead = True
        raise Killed


def _lines() -> Iterator[tuple[str, int]]:
    """The lines of the library (or of the control) that are on the stack now."""
    frame = sys._getframe(2)  # noqa: SLF001 - the only way to see the caller's lines cheaply
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith((LIBRARY, CONTROL)):
            yield name, frame.f_lineno
        frame = frame.f_back  # type: ignore[assignment]
