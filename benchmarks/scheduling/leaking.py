"""Completions that lose their release, and what brings the slots back."""

from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.scheduling.makespans import Case
from benchmarks.scheduling.pipeline import Pipeline
from benchmarks.scheduling.runs import Figures, served, started
from tests.support.patience import WholePolicy

LEAKING = 0.005
LONG_LEASE_SECONDS = 900
GIVE_UP_MS = 3 * 86_400_000


@dataclass(slots=True)
class Leaks:
    """Loses every two-hundredth release by chance, the same ones for a seed."""

    rng: Random
    lost: int = field(default=0)

    def __call__(self) -> bool:
        """True when this release is to be lost."""
        leaks = self.rng.random() < LEAKING
        self.lost += leaks
        return leaks


def leaking(case: Case, seed: int, number: int, policy: WholePolicy, *, sweeping: bool = True) -> tuple[Figures, int]:
    """Serve a load with leaks; without the sweep nothing frees a slot. Figures and leaks."""
    load = case.loads()[number]
    pipeline = Pipeline(replace(case.setting(seed), policy=policy, sweeping=sweeping))
    leaks = pipeline.store.leaks = Leaks(Random(seed))  # noqa: S311 - chance that can be repeated is the point
    started(pipeline, load)
    return served(pipeline, load.jobs, GIVE_UP_MS), leaks.lost
