"""Which waiting job a lane serves next."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from reelwright.domain.fairness import BLOCKED, Blocked, Choice, Head, choose
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane
from reelwright.domain.status import Status
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ports import Jobs, Tenants, Waiting
from reelwright.use_cases.reading import ReadRows


@dataclass(frozen=True, slots=True)
class ChooseJob:
    """Fair between tenants by deficit round robin; within a tenant by priority, then age, as the index sorts."""

    jobs: Jobs
    tenants: Tenants
    rows: ReadRows

    def choose(self, lane: Lane, home: str, tried: set[str]) -> Choice | None:
        """The next job of those that wait in `home`, leaving out `tried`, to which it adds what cannot be read."""

        def current() -> Head | Blocked | None:
            waiting = self.jobs.waiting_of(home, lane.turn)
            return self._head(lane, waiting, tried) if waiting else None

        return choose(lane.turn, dict(lane.deficits), current, self._ring(lane, home, tried))

    def _ring(self, lane: Lane, home: str, tried: set[str]) -> Iterator[Head]:
        """Every tenant with waiting jobs once, beginning after the one whose turn it is."""
        at, seen = lane.turn, set[str]()
        while waiting := self.jobs.waiting_after(home, at) or (self.jobs.waiting_after(home, "") if at else ()):
            at = waiting[0].tenant
            if at in seen:
                return
            seen.add(at)
            if isinstance(head := self._head(lane, waiting, tried), Head):
                yield head

    def _head(self, lane: Lane, waiting: tuple[Waiting, ...], tried: set[str]) -> Head | Blocked | None:
        """The best of a tenant's jobs, unless its plan's slots are all in use or its jobs are paused."""
        tenant = self._tenant(waiting[0].tenant, tried)
        if tenant is None or tenant.paused or lane.held_by(tenant.id) >= tenant.max_concurrent:
            return BLOCKED
        job = self._first(waiting, tried)
        return Head(tenant.id, job, tenant.weight) if job else None

    def _tenant(self, name: str, tried: set[str]) -> Tenant | None:
        key = f"tenant {name}"
        tenant = self.rows.row(key, lambda: self.tenants.get(name)) if key not in tried else None
        if tenant is None:
            tried.add(key)
        return tenant

    def _first(self, waiting: tuple[Waiting, ...], tried: set[str]) -> Job | None:
        """The best of a tenant's jobs that really waits: the index may lag behind the table."""
        for one in (one for one in waiting if one.job_id not in tried):
            job = self.rows.row(one.job_id, partial(self.jobs.get, one.job_id))
            if job is None:
                tried.add(one.job_id)
            elif job.status is Status.QUEUED:
                return job
        return None
