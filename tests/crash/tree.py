"""All crashes of one run, each with all crashes of what follows it: wherever the process may die, another one goes on.

At such a place the process forks. The child dies there, as a function dies, and its world recovers to its end; then
the parent goes on as if nothing had been. So what a schedule has in common with others is run only once.
"""

import gc
import json
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tests.crash.effects import Effect, When
from tests.crash.schedules import crashes, dies_before


@dataclass(frozen=True, slots=True)
class Told:
    """What a schedule showed: where its processes died, what broke, and at how many places it could die again."""

    deaths: tuple[str, ...]
    violations: tuple[str, ...]
    struck: int
    places: int


@dataclass
class Tree:
    """Branches off schedules with up to so many `deaths`; of the last ones of several only a `share`, by chance."""

    deaths: int
    share: float = 1.0
    told: list[Told] = field(default_factory=list)
    _path: tuple[str, ...] = ()
    _later_than: int = 0
    _parent: int | None = None

    def dies(self, trace: Sequence[Effect], when: When) -> bool:
        """Return True in a child that is to die here, and False in its parent, once the child's world is at rest."""
        if len(self._path) >= self.deaths or not self._may_die(trace, when):
            return False
        name = f"{when} #{trace[-1].number} {trace[-1].site}"
        return self._chosen(name) and self._fork(name, trace[-1].number)

    def over(self, trace: Sequence[Effect], violations: Sequence[str], struck: int) -> None:
        """Keep what this run showed. A child hands that to its parent, with what its own children told, and ends."""
        places = sum(1 for _ in crashes(trace, self._later_than))
        self.told.insert(0, Told(self._path, tuple(violations), struck, places))
        if self._parent is not None:
            _hand_over(self.told, self._parent)

    def _may_die(self, trace: Sequence[Effect], when: When) -> bool:
        if when == "before":
            return dies_before(trace, self._later_than)
        return trace[-1].call.changes

    def _chosen(self, name: str) -> bool:
        """The same ones in every run."""
        first = not self._path
        return first or random.Random(f"{self._path}/{name}").random() < self.share  # noqa: S311 - a repeatable choice

    def _fork(self, name: str, number: int) -> bool:
        answer, question = os.pipe()
        child = os.fork()
        if child == 0:
            gc.disable()
            os.close(answer)
            self._parent, self._path, self._later_than, self.told = question, (*self._path, name), number, []
            return True
        os.close(question)
        self.told += _heard(answer, child)
        return False


def _hand_over(told: Sequence[Told], parent: int) -> NoReturn:
    """A child owns nothing that it would have to clean up."""
    with os.fdopen(parent, "w") as file:
        json.dump([[one.deaths, one.violations, one.struck, one.places] for one in told], file)
    os._exit(0)


def _heard(answer: int, child: int) -> list[Told]:
    """Raises RuntimeError where a child broke off."""
    with os.fdopen(answer) as file:
        text = file.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"a branch broke off with status {status}")
    lines: list[list[Any]] = json.loads(text)
    return [Told(tuple(deaths), tuple(broken), struck, places) for deaths, broken, struck, places in lines]
