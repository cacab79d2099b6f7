"""Somebody else who uses the same account now and then."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.scheduling.makespans import SEEDS, Case
from benchmarks.scheduling.pipeline import Pipeline
from benchmarks.scheduling.runs import served, started

AWAY_MS, THERE_MS = 3_600_000, 1_800_000
"""Mean times between visits and of a visit."""


class Visitor:
    """Wants some of the account's slots for a while, takes them as they get free, and goes again."""

    def __init__(self, pipeline: Pipeline, slots: int, seed: int) -> None:
        self._pipeline, self._slots = pipeline, slots
        self._rng = Random(seed)  # noqa: S311 - chance that can be repeated is the point
        self.visits = 0
        self._later(AWAY_MS, self._come)

    def _later(self, mean_ms: int, then: Callable[[], None]) -> None:
        self._pipeline.world.at(int(self._rng.expovariate(1 / mean_ms)), then)

    def _come(self) -> None:
        self.visits += 1
        self._want(self._rng.randint(1, self._slots))
        self._later(THERE_MS, self._go)

    def _go(self) -> None:
        self._want(0)
        self._later(AWAY_MS, self._come)

    def _want(self, slots: int) -> None:
        self._pipeline.kling.wanted = slots
        self._pipeline.kling.settle_others()


@dataclass(frozen=True, slots=True)
class Beside:
    """What it cost to share the account: visits, creates that were sent, and those that created nothing."""

    case: Case
    visits: int
    calls: int
    wasted: int


def beside(case: Case) -> Beside:
    """Serve a load beside a visitor who takes up to a third of the slots, and wants them all at once."""
    load, seed = case.loads()[0], SEEDS[0]
    pipeline = Pipeline(case.setting(seed))
    started(pipeline, load)
    visitor = Visitor(pipeline, max(1, case.slots // 3), seed)
    figures = served(pipeline, load.jobs)
    return Beside(case, visitor.visits, figures.finished + figures.wasted, figures.wasted)
