"""Ten tenants, one of whom was there first with ten thousand jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.scheduling.load import draw
from benchmarks.scheduling.pipeline import Pipeline, Setting
from benchmarks.scheduling.runs import LONGEST_MS

HEAVY, HEAVY_JOBS = "heavy", 10_000
LIGHT_JOBS = 60
ARRIVAL_MS = 600_000
"""The others come when the heavy one has been alone for ten minutes, a minute apart."""
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Shares:
    """Slot-seconds of each tenant while all of them waited, by weight; rounds and seconds until each one's first job.

    A round serves as many jobs as the weights of those who wait add up to.
    """

    slot_seconds: Mapping[str, float]
    rounds: Mapping[str, float]
    first_seconds: Mapping[str, float]

    @property
    def jain(self) -> float:
        """Jain's index over slot-seconds: 1 when all have the same, 1/n when one has all."""
        return jain(list(self.slot_seconds.values()))


def jain(shares: Sequence[float]) -> float:
    """(Σx)² ÷ (n · Σx²)."""
    return sum(shares) ** 2 / (len(shares) * sum(one**2 for one in shares))


class Crowd:
    """One run; `weights` are the light tenants'."""

    def __init__(self, seed: int, slots: int, weights: Mapping[str, int]) -> None:
        self._pipeline = Pipeline(Setting(seed, slots))
        self._weights = {HEAVY: 1, **weights}
        self._tenant_of: dict[str, str] = {}
        self._came_ms: dict[str, int] = {}
        durations = draw(seed, HEAVY_JOBS + LIGHT_JOBS * len(weights))
        self._pipeline.kling.duration_ms = lambda external_id: durations[int(external_id[4:30]) % len(durations)]
        for name, weight in self._weights.items():
            self._pipeline.tenant(name, weight)

    def run(self) -> Shares:
        """Until the first of the light tenants has nothing left to wait for."""
        world, light = self._pipeline.world, [name for name in self._weights if name != HEAVY]
        self._come(HEAVY, HEAVY_JOBS)
        for number, name in enumerate(light):
            world.at(ARRIVAL_MS + number * MINUTE_MS, lambda name=name: self._come(name, LIGHT_JOBS))  # type: ignore[misc]
        last = world.now_ms + ARRIVAL_MS + len(light) * MINUTE_MS
        world.run(world.now_ms + LONGEST_MS, lambda: world.now_ms > last and self._someone_is_served(light))
        began, ended = last, world.now_ms
        world.close()
        return self._shares(light, began, ended)

    def _come(self, tenant: str, jobs: int) -> None:
        self._came_ms[tenant] = self._pipeline.world.now_ms
        for _ in range(jobs):
            self._tenant_of[self._pipeline.submit(tenant).id] = tenant

    def _someone_is_served(self, light: Sequence[str]) -> bool:
        begun = self._begun()
        return any(begun.get(name, 0) >= LIGHT_JOBS for name in light)

    def _begun(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for tenant, _ in self._starts():
            counts[tenant] = counts.get(tenant, 0) + 1
        return counts

    def _starts(self) -> list[tuple[str, int]]:
        """(tenant, when) of every create, in order."""
        return [(self._tenant_of[job], at) for job, at in self._pipeline.kling.starts]

    def _shares(self, light: Sequence[str], began: int, ended: int) -> Shares:
        held = dict.fromkeys(self._weights, 0.0)
        for job, start, end in self._pipeline.kling.held(ended):
            held[self._tenant_of[job]] += max(0, min(end, ended) - max(start, began)) / 1000
        by_weight = {name: seconds / self._weights[name] for name, seconds in held.items()}
        first = {name: next(at for tenant, at in self._starts() if tenant == name) for name in light}
        rounds = {name: self._rounds(name, first[name]) for name in light}
        waits = {name: (first[name] - self._came_ms[name]) / 1000 for name in light}
        return Shares(by_weight, rounds, waits)

    def _rounds(self, name: str, first_ms: int) -> float:
        """Jobs of others that began while its first one waited, by the size of a round."""
        came = self._came_ms[name]
        others = sum(1 for tenant, at in self._starts() if came <= at < first_ms and tenant != name)
        there = [other for other, at in self._came_ms.items() if at <= came and other != name]
        return others / sum(self._weights[other] for other in there)
