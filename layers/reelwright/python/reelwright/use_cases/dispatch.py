"""Put waiting jobs onto free slots: choose fairly, claim, then send, then learn from the answer."""

from dataclasses import dataclass, replace
from functools import partial

from reelwright.domain import moves
from reelwright.domain.errors import NoFreeSlot, Stale
from reelwright.domain.fairness import Choice
from reelwright.domain.forecast import promised
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane, siblings
from reelwright.domain.policy import SendingPolicy
from reelwright.domain.status import Status
from reelwright.use_cases.choosing import ChooseJob
from reelwright.use_cases.learning import LearnFromAnswers
from reelwright.use_cases.opening import FindOpenLane
from reelwright.use_cases.ports import Clock, Hints, Ids, Jobs, Lanes, Telemetry, Tenants
from reelwright.use_cases.reading import ReadRows
from reelwright.use_cases.submission import SendAttempt


@dataclass(frozen=True, slots=True)
class Hint:
    """What a message says: this lane has work; perhaps which job made somebody say so."""

    lane: str
    tenant: str
    job: str | None = None


@dataclass(frozen=True, slots=True)
class DispatchLane:
    """Serves the jobs that wait in one lane until no slot of it (or of its siblings) is free or nothing waits."""

    jobs: Jobs
    lanes: Lanes
    tenants: Tenants
    hints: Hints
    clock: Clock
    ids: Ids
    telemetry: Telemetry
    policy: SendingPolicy
    send: SendAttempt
    accounts: tuple[str, ...] = ("main",)

    def dispatch(self, hint: Hint, until_ms: int) -> int:
        """How many jobs were sent before `until_ms`; what is left over is hinted again."""
        if self.clock.now_ms() >= until_ms:
            self.hints.wake(hint.lane, hint.tenant, hint.job)
            return 0
        hint = self._recover(hint)
        hint = replace(hint, lane=siblings(hint.lane, self.accounts)[0])
        sent, tried = 0, set[str]()
        while self.clock.now_ms() < until_ms:
            lane = self._opening.find(hint.lane, hint.tenant)
            choice = self._choice(lane, hint, tried) if lane else None
            if lane is None or choice is None:
                return sent
            tried.add(choice.job.id)
            sent += self._serve(lane, choice)
        self.hints.wake(hint.lane, hint.tenant)
        return sent

    def _recover(self, hint: Hint) -> Hint:
        """A job whose submission was cut short goes on from where the look-up says; an unreadable one is left out."""
        if hint.job is None:
            return hint
        found = self._rows.row(hint.job, partial(self.jobs.get_with_request, hint.job))
        if found is None:
            return replace(hint, job=None)
        job, generation = found
        if job.status is Status.SUBMITTING and not job.leased(self.clock.now_ms()):
            self.telemetry.job(job.id)
            self._learning.learn(job.attempt.lane, self.send.resume(job, generation))
        return hint

    def _choice(self, lane: Lane, hint: Hint, tried: set[str]) -> Choice | None:
        chosen = ChooseJob(self.jobs, self.tenants, self._rows).choose(lane, hint.lane, tried)
        return chosen or self._hinted(lane, hint, tried)

    def _hinted(self, lane: Lane, hint: Hint, tried: set[str]) -> Choice | None:
        """The job that the message names: the index may not show it yet."""
        if hint.job is None or hint.job in tried:
            return None
        job = self.jobs.get(hint.job)
        if job.status is not Status.QUEUED or job.lane != hint.lane:
            return None
        tenant = self._rows.row(f"tenant {job.tenant}", lambda: self.tenants.get(job.tenant))
        if tenant is None or tenant.paused:
            return None
        return Choice(job, lane.turn, dict(lane.deficits))

    def _serve(self, lane: Lane, choice: Choice) -> int:
        job, now = choice.job, self.clock.now_ms()
        self.telemetry.job(job.id)
        if job.expired(now):
            return self._expire(job, now)
        read = self._rows.row(job.id, lambda: (self.tenants.get(job.tenant), self.jobs.get_with_request(job.id)[1]))
        if read is None:
            return 0
        tenant, generation = read
        typical = promised(lane.typical_ms) if lane.typical_ms else None
        claimed = moves.claimed(job, self.ids.owner(), lane.id, self.policy, now, typical_ms=typical)
        slot_ends = now + self.policy.slot_lease_seconds * 1000
        try:
            self.jobs.claim(job, claimed, lane, choice, slot_ends, tenant)
        except (Stale, NoFreeSlot) as lost:
            self.telemetry.count("ClaimLost", facts={"why": type(lost).__name__})
            return 0
        self._learning.learn(lane.id, self.send.first(claimed, generation))
        return 1

    def _expire(self, job: Job, now: int) -> int:
        try:
            self.jobs.settle(job, moves.ended(job, Status.EXPIRED, "dispatch", now, error=moves.WAITED_TOO_LONG))
            self.telemetry.count("Expired")
        except Stale:
            self.telemetry.count("ClaimLost", facts={"why": "Stale"})
        return 0

    @property
    def _rows(self) -> ReadRows:
        return ReadRows(self.telemetry)

    @property
    def _opening(self) -> FindOpenLane:
        return FindOpenLane(self.jobs, self.lanes, self.hints, self.clock, self._rows, self.accounts)

    @property
    def _learning(self) -> LearnFromAnswers:
        return LearnFromAnswers(self.lanes, self.hints, self.clock, self.telemetry, self.policy)
