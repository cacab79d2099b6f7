"""One size of account: ours, the bounds, and the usual ways, over the same seeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Protocol

from benchmarks.scheduling.load import Load, draw, lengths, lower_bound_ms, online_ms
from benchmarks.scheduling.pipeline import Setting
from benchmarks.scheduling.runs import Figures, run
from benchmarks.scheduling.usual import USUAL
from reelwright.domain.lane import BURST

JOBS = 1_000
SEEDS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Case:
    """Slots of the account, and creates a minute (0: no limit)."""

    slots: int
    limit: int = 0

    @property
    def name(self) -> str:
        """For tables and keys."""
        return f"{self.slots} slots, {self.limit}/min" if self.limit else f"{self.slots} slots"

    def setting(self, seed: int) -> Setting:
        """A deployment whose lane knows the account's limits."""
        return Setting(seed, self.slots, per_minute=self.limit, kling_per_minute=self.limit)

    def loads(self) -> list[Load]:
        """One load a seed."""
        return [Load(draw(seed, JOBS), self.slots, self.limit) for seed in SEEDS]


@dataclass(frozen=True, slots=True)
class Usual:
    """A usual way: makespan by bound, share of jobs that were finished at all, wasted calls a job."""

    ratio: float
    finished: float
    wasted: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything about a case; means over the seeds, the worst where the name says so."""

    case: Case
    ratio: float
    online: float
    lengths_known: float
    worst_over_capacity: int
    worst_rate_limited: int
    table_calls: float
    failed_writes: float
    usual: dict[str, Usual]


def measure(case: Case) -> Measured:
    """Run ours and the usual ways."""
    loads = case.loads()
    ours = [run(load, case.setting(seed)) for seed, load in zip(SEEDS, loads, strict=True)]
    return Measured(
        case,
        ratio=_ratio(loads, ours),
        online=mean(online_ms(load, BURST) / lower_bound_ms(load) for load in loads),
        lengths_known=_ratio(loads, _knowing(case, loads)),
        worst_over_capacity=max(one.over_capacity for one in ours),
        worst_rate_limited=max(one.rate_limited for one in ours),
        table_calls=mean(one.table_calls / JOBS for one in ours),
        failed_writes=mean(one.failed_writes for one in ours),
        usual={name: _usual(name, loads) for name in USUAL},
    )


def _knowing(case: Case, loads: Sequence[Load]) -> list[Figures]:
    """With clips of 5 and 10 s the lane knows something about durations, and begins with the long ones."""
    each = zip(SEEDS, loads, strict=True)
    return [run(load, case.setting(seed), lengths(seed, load.durations_ms)) for seed, load in each]


def _usual(name: str, loads: Sequence[Load]) -> Usual:
    outcomes = [USUAL[name](load, seed) for seed, load in zip(SEEDS, loads, strict=True)]
    finished = mean(one.finished / JOBS for one in outcomes)
    return Usual(_ratio(loads, outcomes), finished, mean(one.wasted / JOBS for one in outcomes))


class _Run(Protocol):
    @property
    def makespan_ms(self) -> float: ...


def _ratio(loads: Sequence[Load], runs: Sequence[_Run]) -> float:
    return mean(one.makespan_ms / lower_bound_ms(load) for load, one in zip(loads, runs, strict=True))
