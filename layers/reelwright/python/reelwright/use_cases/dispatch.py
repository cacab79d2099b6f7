"""Put waiting jobs onto free slots: choose fairly, claim, then send."""

from dataclasses import dataclass

from reelwright.domain import moves
from reelwright.domain.errors import NoFreeSlot, NotFound, Stale
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane
from reelwright.domain.policy import Policy
from reelwright.domain.status import Status
from reelwright.use_cases.ports import Clock, Hints, Ids, Jobs, Lanes, Telemetry, Tenants, Waiting
from reelwright.use_cases.submission import SendAttempt


@dataclass(frozen=True, slots=True)
class Hint:
    """What a message says: this lane has work; perhaps which job made somebody say so."""

    lane: str
    tenant: str
    job: str | None = None


@dataclass(frozen=True, slots=True)
class DispatchLane:
    """Serves one lane until it has no free slot or nothing waits."""

    jobs: Jobs
    lanes: Lanes
    tenants: Tenants
    hints: Hints
    clock: Clock
    ids: Ids
    telemetry: Telemetry
    policy: Policy
    send: SendAttempt

    def dispatch(self, hint: Hint, until_ms: int) -> int:
        """How many jobs were sent before `until_ms`; what is left over is hinted again."""
        self._recover(hint)
        sent, tried = 0, set[str]()
        while self.clock.now_ms() < until_ms:
            chosen = self._choose(self.lanes.get(hint.lane), hint, tried)
            if chosen is None:
                return sent
            tried.add(chosen.id)
            sent += self._serve(chosen)
        self.hints.wake(hint.lane, hint.tenant)
        return sent

    def _recover(self, hint: Hint) -> None:
        """A job whose submission was cut short goes on from where the look-up says it is."""
        if hint.job is None:
            return
        job, generation = self.jobs.get_with_request(hint.job)
        if job.status is Status.SUBMITTING and not job.leased(self.clock.now_ms()):
            self.telemetry.job(job.id)
            self.send.resume(job, generation)

    def _choose(self, lane: Lane, hint: Hint, tried: set[str]) -> Job | None:
        """The next tenant's best job, round robin after the tenant that was served last."""
        if not lane.open(self.clock.now_ms()):
            return None
        start, seen = lane.turn, set[str]()
        while waiting := self._next_tenant(lane.id, start, seen):
            tenant = waiting[0].tenant
            seen.add(tenant)
            job = self._first(waiting, tried) if self._may(lane, tenant) else None
            if job:
                return job
            start = tenant
        return self._hinted(hint, tried)

    def _next_tenant(self, lane: str, after: str, seen: set[str]) -> tuple[Waiting, ...]:
        """Whoever comes next in the ring; nothing when the ring is round."""
        waiting = self.jobs.waiting_after(lane, after) or (self.jobs.waiting_after(lane, "") if after else ())
        return () if waiting and waiting[0].tenant in seen else waiting

    def _may(self, lane: Lane, tenant: str) -> bool:
        return lane.held_by(tenant) < self.tenants.get(tenant).max_concurrent

    def _first(self, waiting: tuple[Waiting, ...], tried: set[str]) -> Job | None:
        """The best of a tenant's jobs that really waits: the index may lag behind the table."""
        for one in waiting:
            if one.job_id not in tried:
                job = self.jobs.get(one.job_id)
                if job.status is Status.QUEUED:
                    return job
        return None

    def _hinted(self, hint: Hint, tried: set[str]) -> Job | None:
        """The job that the message names: the index may not show it yet."""
        if hint.job is None or hint.job in tried:
            return None
        job = self.jobs.get(hint.job)
        return job if job.status is Status.QUEUED and job.lane == hint.lane else None

    def _serve(self, job: Job) -> int:
        self.telemetry.job(job.id)
        now = self.clock.now_ms()
        if job.expires_ms is not None and job.expires_ms <= now:
            return self._expire(job, now)
        claimed = moves.claimed(job, self.ids.owner(), self.policy, now)
        slot_ends = now + self.policy.slot_lease_seconds * 1000
        try:
            lane, tenant = self.lanes.get(job.lane), self.tenants.get(job.tenant)
            self.jobs.claim(job, claimed, lane, slot_ends, tenant)
            _, generation = self.jobs.get_with_request(job.id)
        except (Stale, NoFreeSlot, NotFound) as lost:
            self.telemetry.count("ClaimLost", facts={"why": type(lost).__name__})
            return 0
        self.send.first(claimed, generation)
        return 1

    def _expire(self, job: Job, now: int) -> int:
        try:
            self.jobs.settle(job, moves.ended(job, Status.EXPIRED, "dispatch", now, error=moves.WAITED_TOO_LONG))
            self.telemetry.count("Expired")
        except Stale:
            self.telemetry.count("ClaimLost", facts={"why": "Stale"})
        return 0
