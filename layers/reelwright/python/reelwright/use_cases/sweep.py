"""Every minute: find what a crash left behind and bring it back onto the way of a job."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reelwright.domain import moves
from reelwright.domain.errors import NotFound
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane, Slot, siblings
from reelwright.domain.policy import Policy
from reelwright.domain.status import Status
from reelwright.use_cases.forecasting import ForecastLanes
from reelwright.use_cases.ports import Clock, Hints, Jobs, Lanes, Telemetry, Workflows

BATCH = 50
"""Overdue jobs that one look at a shard brings."""

HOLD_QUESTION_SECONDS = 86_400

LIVE = frozenset({Status.SUBMITTING, Status.GENERATING})


@dataclass(frozen=True, slots=True)
class SweepUp:
    """Repairs; each repair is idempotent, counted, and leaves the next one alone when it fails."""

    jobs: Jobs
    lanes: Lanes
    workflows: Workflows
    hints: Hints
    clock: Clock
    telemetry: Telemetry
    policy: Policy
    shards: int
    accounts: tuple[str, ...] = ("main",)

    def sweep(self) -> int:
        """How many repairs were made."""
        lanes = self.lanes.all()
        ends = self._expected(lanes)
        jobs = sum(self._repaired(job_id, ends) for shard in range(self.shards) for job_id in self._due(shard))
        holds = sum(self._questioned(job_id) for shard in range(self.shards) for job_id in self._due_holds(shard))
        return jobs + holds + sum(self._tended(lane) for lane in lanes)

    def execution_ended(self, job_id: str) -> bool:
        """An execution failed, timed out or was aborted: look at its job at once."""
        return bool(self._guarded(job_id, lambda job: self._repair(job, {})))

    def _expected(self, lanes: tuple[Lane, ...]) -> Mapping[str, int]:
        """When waiting jobs will be done; a forecast that fails keeps no repair waiting."""
        try:
            return ForecastLanes(self.jobs, self.lanes, self.clock, self.accounts).publish(lanes)
        except Exception as error:  # noqa: BLE001 - whatever it is, only expectations suffer; counted and told
            self.telemetry.count("ForecastFailed")
            self.telemetry.trouble("forecast failed", reason=type(error).__name__)
            return {}

    def _due(self, shard: int) -> tuple[str, ...]:
        return tuple(self.jobs.due(shard, self.clock.now_ms(), BATCH))

    def _due_holds(self, shard: int) -> tuple[str, ...]:
        return tuple(self.jobs.due_holds(shard, self.clock.now_ms(), BATCH))

    def _questioned(self, job_id: str) -> int:
        """A hold that is open for long: its job is still alive, or the hold is an orphan and is settled."""
        return self._guarded(job_id, self._question)

    def _question(self, job: Job) -> int:
        if job.status.terminal:
            return self._counted("Hold", job) if self.jobs.close_hold(job) else 0
        self.jobs.defer_hold(job, self.clock.now_ms() + HOLD_QUESTION_SECONDS * 1000)
        return 0

    def _repaired(self, job_id: str, ends: Mapping[str, int]) -> int:
        return self._guarded(job_id, lambda job: self._repair(job, ends) if self._overdue(job) else 0)

    def _overdue(self, job: Job) -> bool:
        return job.due_ms is not None and job.due_ms <= self.clock.now_ms()

    def _guarded(self, job_id: str, repair: Callable[[Job], int]) -> int:
        """One repair; a job that cannot be repaired now does not keep the next one waiting."""
        self.telemetry.job(job_id)
        try:
            return repair(self.jobs.get(job_id))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this job's alone; counted and told
            self.telemetry.count("RepairFailed")
            self.telemetry.trouble("repair failed", reason=type(error).__name__)
            self._later(job_id)
            return 0

    def _later(self, job_id: str) -> None:
        """Out of the way: the most overdue come first, and what cannot be repaired must not fill every look."""
        try:
            self.jobs.defer(job_id, self.clock.now_ms() + self.policy.hint_repair_seconds * 1000)
        except Exception as error:  # noqa: BLE001 - it stays overdue then, and the next sweep tries again
            self.telemetry.trouble("not deferred", reason=type(error).__name__)

    def _repair(self, job: Job, ends: Mapping[str, int]) -> int:
        match job.status:
            case Status.QUEUED:
                return self._queued(job, ends.get(job.id, job.expected_ms))
            case Status.SUBMITTING:
                return self._cut_short(job)
            case Status.GENERATING | Status.FINALIZING:
                return self._watched(job)
        return 0

    def _queued(self, job: Job, expected_ms: int | None) -> int:
        now = self.clock.now_ms()
        if job.expires_ms is not None and job.expires_ms <= now:
            self.jobs.settle(job, moves.ended(job, Status.EXPIRED, "sweep", now, error=moves.WAITED_TOO_LONG))
            self.telemetry.count("Expired")
            return 1
        lane = self.lanes.get(job.lane)  # makes the row: every later sweep looks at this lane, not at this job
        self.jobs.save(job, moves.touched(job, now, due_ms=job.expires_ms, expected_ms=expected_ms))
        if not lane.open(now):
            return 0
        self.hints.wake(job.lane, job.tenant, job.id)
        return self._counted("Hint", job)

    def _cut_short(self, job: Job) -> int:
        """Its dispatcher died or the outcome was unknown: dispatch looks it up."""
        if job.leased(self.clock.now_ms()):
            return 0
        later = self.clock.now_ms() + self.policy.hint_repair_seconds * 1000
        self.jobs.save(job, moves.touched(job, self.clock.now_ms(), due_ms=later))
        self.hints.wake(job.lane, job.tenant, job.id)
        return self._counted("Submission", job)

    def _watched(self, job: Job) -> int:
        """An execution must be at work on it; a new one is started where none is."""
        now = self.clock.now_ms()
        later = now + self.policy.watch_seconds * 1000
        if self.workflows.running(job):
            self.jobs.save(job, moves.touched(job, now, due_ms=later))
            return 0
        after = moves.touched(job, now, due_ms=later, executions=job.executions + 1)
        self.jobs.save(job, after)
        self.workflows.start(after)
        return self._counted("Execution", after)

    def _tended(self, lane: Lane) -> int:
        """Free what is leased for nobody, and wake the lane when it could serve somebody."""
        now = self.clock.now_ms()
        lapsed = {name: slot for name, slot in lane.slots.items() if slot.expires_ms <= now}
        freed = sum(self._slot(lane, name, slot) for name, slot in lapsed.items())
        home = siblings(lane.id, self.accounts)[0]
        waiting = self.jobs.waiting_after(home, "") if lane.open(now) or freed else ()
        if waiting:
            self.hints.wake(home, waiting[0].tenant, waiting[0].job_id)
        return freed

    def _slot(self, lane: Lane, external_id: str, slot: Slot) -> int:
        if self._lives(external_id):
            later = self.clock.now_ms() + self.policy.slot_lease_seconds * 1000
            self.lanes.renew(lane.id, external_id, later)
            return 0
        return self._counted("Slot") if self.lanes.free(lane.id, external_id, slot.expires_ms) else 0

    def _lives(self, external_id: str) -> bool:
        job_id, _, number = external_id.rpartition("-")
        try:
            job = self.jobs.get(job_id)
        except NotFound:
            return False
        return job.status in LIVE and len(job.attempts) == int(number)

    def _counted(self, kind: str, job: Job | None = None) -> int:
        self.telemetry.count("Repaired", dimension=("kind", kind))
        if job is not None:
            self.jobs.remember(job, f"repaired: {kind}", self.clock.now_ms())
        self.telemetry.note("repaired", kind=kind)
        return 1
