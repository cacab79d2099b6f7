"""Somebody else who uses the same account now and then."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.scheduling.load import Load, draw
from benchmarks.scheduling.makespans import JOBS, Case
from benchmarks.scheduling.pipeline import Pipeline
from benchmarks.scheduling.runs import served, started

SEEDS = (1, 2, 3, 4, 5, 6)
"""More than elsewhere, for in one load there are only a few visits."""
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
    """What it cost to share the account, over all seeds: visits, creates sent, those that created nothing.

    `worst` is the largest share of creates that created nothing in a single seed.
    """

    case: Case
    visits: int
    calls: int
    wasted: int
    worst: float


def beside(case: Case) -> Beside:
    """Serve loads beside a visitor who takes up to a third of the slots, and wants them all at once."""
    runs = [_run(case, seed) for seed in SEEDS]
    worst = max(wasted / calls for _, calls, wasted in runs)
    visits, calls, wasted = (sum(column) for column in zip(*runs, strict=True))
    return Beside(case, visits, calls, wasted, worst)


def _run(case: Case, seed: int) -> tuple[int, int, int]:
    load = Load(draw(seed, JOBS), case.slots, case.limit)
    pipeline = Pipeline(case.setting(seed))
    started(pipeline, load)
    visitor = Visitor(pipeline, max(1, case.slots // 3), seed)
    figures = served(pipeline, load.jobs)
    return visitor.visits, figures.finished + figures.wasted, figures.wasted
