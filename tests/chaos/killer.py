"""Kills functions mid-flight at seeded moments.

A process is a target once it was seen at rest: before that it may still be starting, and the embedded AWS, unlike
Lambda, gives up every process of a function when one of them does not start.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

LOOK_EVERY_SECONDS = 0.01
SCAN_EVERY_SECONDS = 0.2


class Process(Protocol):
    """A worker as the killer needs it."""

    @property
    def function(self) -> str:
        """The short name of its function."""

    @property
    def at_work(self) -> bool:
        """True while an invocation is in it."""

    def kill(self) -> None:
        """End it at once."""


@dataclass(frozen=True, slots=True)
class Doom:
    """What one function is to suffer: so many kills, each within so long of seeing it at work, and the longest rest."""

    kills: int
    within_seconds: float
    rest_seconds: float


@dataclass(slots=True)
class Victim:
    """One function and its doom; time comes from outside, chance from the seed."""

    function: str
    doom: Doom
    chance: Random
    kills: int = 0
    ready_at: float = 0.0
    _aim: tuple[Process, float] | None = field(default=None)

    def step(self, now: float, at_work: Iterable[Process]) -> bool:
        """Aim at a process at work, and kill it at the drawn moment if it still works; True when it was killed."""
        if self._aim is None:
            self._take_aim(now, at_work)
            return False
        process, moment = self._aim
        if now < moment:
            return False
        self._aim = None
        if not process.at_work:
            return False
        process.kill()
        self.kills += 1
        self.ready_at = now + self.chance.uniform(0, self.doom.rest_seconds)
        return True

    def _take_aim(self, now: float, at_work: Iterable[Process]) -> None:
        if self.kills >= self.doom.kills or now < self.ready_at:
            return
        target = next((one for one in at_work if one.function == self.function), None)
        if target is not None:
            self._aim = (target, now + self.chance.uniform(0, self.doom.within_seconds))


class Killer(threading.Thread):
    """Works until it is stopped or every doom is spent; `killed` counts by function."""

    def __init__(self, workers: Callable[[], Iterable[Process]], dooms: Mapping[str, Doom], seed: int) -> None:
        super().__init__(name="killer", daemon=True)
        self._workers, self._stopped = workers, threading.Event()
        self._victims = [Victim(name, doom, Random(f"{seed}/{name}")) for name, doom in dooms.items()]  # noqa: S311 - repeatable chance, no secret

    @property
    def killed(self) -> dict[str, int]:
        """Kills so far, by function."""
        return {victim.function: victim.kills for victim in self._victims}

    def run(self) -> None:
        """Look, aim, kill."""
        living, scanned, started = list(self._workers()), time.monotonic(), set[Process]()
        while not self._stopped.wait(LOOK_EVERY_SECONDS):
            now = time.monotonic()
            if now > scanned + SCAN_EVERY_SECONDS:
                living, scanned = list(self._workers()), now
            at_work = [one for one in living if one.at_work]
            started |= set(living) - set(at_work)
            for victim in self._victims:
                victim.step(now, [one for one in at_work if one in started])

    def stop(self) -> None:
        """No more kills."""
        self._stopped.set()
        self.join()
