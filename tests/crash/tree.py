"""All crashes of one run, each with all crashes of what follows it: wherever the process may die, another one goes on.

At such a place the process forks. The child dies there, as a function dies, and its world recovers to its end; then
the parent goes on as if nothing had been. So what a schedule has in common with others is run only once.
"""

import gc
import os
import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from tests.crash.effects import Effect, Fault, When
from tests.crash.schedules import crashes, dies_before


@dataclass(frozen=True, slots=True)
class Death:
    """A fault, and the site of the effect that it befell."""

    fault: Fault
    site: str

    def __str__(self) -> str:
        return f"{self.fault.when} #{self.fault.effect} {self.site}"


@dataclass(frozen=True, slots=True)
class Told:
    """What a schedule showed: its faults, what broke, how many of them struck, and at how many places it could die."""

    deaths: tuple[Death, ...]
    violations: tuple[str, ...]
    struck: int
    places: int = 0


@dataclass
class Tree:
    """Branches off schedules with up to so many `deaths`; of the last ones of several only a `share`, by chance."""

    deaths: int
    share: float = 1.0
    told: list[Told] = field(default_factory=list)
    _path: tuple[Death, ...] = ()
    _parent: int | None = None

    def dies(self, trace: Sequence[Effect], effect: Effect, when: When) -> bool:
        """Return True in a child that is to die here, and False in its parent, once the child's world is at rest."""
        if len(self._path) >= self.deaths:
            return False
        if not (effect.call.changes if when == "after" else dies_before(trace, self._later_than)):
            return False
        death = Death(Fault(effect.number, when), effect.site)
        return self._chosen(death) and self._fork(death)

    def over(self, trace: Sequence[Effect], violations: Sequence[str], struck: int) -> None:
        """Keep what this run showed. A child hands that to its parent, with what its own children told, and ends."""
        places = sum(1 for _ in crashes(trace, self._later_than))
        self.told.insert(0, Told(self._path, tuple(violations), struck, places))
        if self._parent is not None:
            _hand_over(self.told, self._parent)

    @property
    def _later_than(self) -> int:
        return self._path[-1].fault.effect if self._path else 0

    def _chosen(self, death: Death) -> bool:
        """The same ones in every run."""
        seed = f"{tuple(map(str, self._path))}/{death}"
        return not self._path or random.Random(seed).random() < self.share  # noqa: S311 - a repeatable choice

    def _fork(self, death: Death) -> bool:
        answer, question = os.pipe()
        child = os.fork()
        if child == 0:
            gc.disable()
            os.close(answer)
            self._parent, self._path, self.told = question, (*self._path, death), []
            return True
        os.close(question)
        self.told += _heard(answer, child)
        return False


def _hand_over(told: Sequence[Told], parent: int) -> NoReturn:
    """A child owns nothing that it would have to clean up."""
    with os.fdopen(parent, "wb") as file:
        pickle.dump(told, file)
    os._exit(0)


def _heard(answer: int, child: int) -> list[Told]:
    """Raises RuntimeError where a child broke off."""
    with os.fdopen(answer, "rb") as file:
        told = file.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"a branch broke off with status {status}")
    found: list[Told] = pickle.loads(told)  # noqa: S301 - a child of our own wrote it
    return found
