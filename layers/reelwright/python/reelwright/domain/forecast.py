"""When a waiting job will be done, from what its lane really does: recent durations, free slots, who waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reelwright.domain.lane import Lane


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the sweep saw of a lane and its siblings.

    `mean_ms` is how long tasks took lately, `gap_ms` how often one may begin, `idle` how many could begin at once,
    `waiting` how many jobs of each tenant waited.
    """

    mean_ms: int
    gap_ms: int
    idle: int
    waiting: Mapping[str, int] = field(default_factory=dict)

    def more(self, tenant: str, count: int) -> "Forecast":
        """The same with more jobs of a tenant waiting."""
        return replace(self, waiting={**self.waiting, tenant: self.waiting.get(tenant, 0) + count})

    def end_ms(self, tenant: str, now_ms: int, ahead: int | None = None) -> int:
        """When a job ends that has `ahead` jobs of its own tenant before it; all that were counted, where not given."""
        mine = self.waiting.get(tenant, 0) if ahead is None else ahead
        others = (min(count, mine + 1) for name, count in self.waiting.items() if name != tenant)
        later = max(0, mine + sum(others) + 1 - self.idle)
        return now_ms + promised(later * self.gap_ms + self.mean_ms)


def promised(mean_ms: int) -> int:
    """An eighth more than the mean: most jobs shall be done by when we say, and few long before."""
    return mean_ms * 9 // 8


def forecast(family: Iterable[Lane], waiting: Mapping[str, int], now_ms: int) -> Forecast | None:
    """What lanes that serve the same jobs allow to expect; None before a task of theirs has ended."""
    lanes = tuple(family)
    tasks = sum(lane.recent.tasks for lane in lanes)
    if not tasks:
        return None
    mean_ms = sum(lane.recent.total_ms for lane in lanes) // tasks
    each = [max(mean_ms // max(lane.capacity(now_ms), 1), lane.interval_ms, 1) for lane in lanes]
    return Forecast(
        mean_ms=mean_ms,
        gap_ms=max(1, round(1 / sum(1 / gap for gap in each))),
        idle=sum(lane.free(now_ms) for lane in lanes),
        waiting=dict(waiting),
    )
