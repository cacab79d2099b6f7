"""Say once a sweep what each lane allows to expect."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from reelwright.domain.forecast import forecast
from reelwright.domain.lane import Lane, siblings
from reelwright.use_cases.ports import Clock, Jobs, Lanes

WAITING: Final = 2_000
"""Waiting jobs of a lane that are counted: their tenants stand in the lane's row, whose size is bounded."""


@dataclass(frozen=True, slots=True)
class ForecastLanes:
    """Counts who waits and publishes it with what the lanes do lately."""

    jobs: Jobs
    lanes: Lanes
    clock: Clock
    accounts: tuple[str, ...]

    def tell(self, lanes: tuple[Lane, ...], due: tuple[str, ...]) -> None:
        """Publish what the lanes allow to expect, and say it anew to those of the jobs that still wait."""
        ends = self.publish(lanes)
        for job_id in due:
            if job_id in ends:
                self.jobs.expect(job_id, ends[job_id])

    def publish(self, lanes: tuple[Lane, ...]) -> Mapping[str, int]:
        """When each waiting job will be done (epoch milliseconds), as far as its lane has any experience."""
        homes = {siblings(lane.id, self.accounts)[0] for lane in lanes}
        ends: dict[str, int] = {}
        for home in homes:
            family = tuple(lane for lane in lanes if lane.id in siblings(home, self.accounts))
            ends |= self._publish(home, family)
        return ends

    def _publish(self, home: str, family: tuple[Lane, ...]) -> dict[str, int]:
        if not any(lane.recent.tasks for lane in family):
            return {}
        now, waiting = self.clock.now_ms(), tuple(islice(self.jobs.backlog(home), WAITING))
        told = forecast(family, Counter(one.tenant for one in waiting), now)
        if told is None:
            return {}
        for lane in family:
            self.lanes.publish(lane, told)
        before, ends = Counter[str](), dict[str, int]()
        for one in waiting:
            ends[one.job_id] = told.end_ms(one.tenant, now, before[one.tenant])
            before[one.tenant] += 1
        return ends
