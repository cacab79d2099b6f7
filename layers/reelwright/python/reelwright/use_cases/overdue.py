"""Bring a job that nothing happens to back onto its way."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.domain import moves
from reelwright.domain.job import Job
from reelwright.domain.policy import SweepPolicy
from reelwright.domain.status import Status
from reelwright.use_cases.ports import Clock, Hints, Jobs, Lanes, Telemetry, Workflows
from reelwright.use_cases.repairs import Repairs


@dataclass(frozen=True, slots=True)
class RepairOverdue:
    """What each state of a job needs when nobody works on it."""

    jobs: Jobs
    lanes: Lanes
    workflows: Workflows
    hints: Hints
    clock: Clock
    telemetry: Telemetry
    policy: SweepPolicy
    repairs: Repairs

    def due(self, job_id: str) -> int:
        """Repair a job that the index shows as overdue, if it still is."""
        return self._guarded(job_id, self._due)

    def ended(self, job_id: str) -> int:
        """Repair a job whose execution ended, overdue or not."""
        return self._guarded(job_id, self._repair)

    def _guarded(self, job_id: str, repair: Callable[[Job], int]) -> int:
        return self.repairs.guarded(job_id, lambda: repair(self.jobs.get(job_id)), lambda: self._later(job_id))

    def _due(self, job: Job) -> int:
        if job.due_ms is None or job.due_ms > self.clock.now_ms():
            return 0
        if job.status.terminal:
            self._later(job.id)
        return self._repair(job)

    def _later(self, job_id: str) -> None:
        self.jobs.defer(job_id, self.clock.now_ms() + self.policy.hint_repair_seconds * 1000)

    def _repair(self, job: Job) -> int:
        match job.status:
            case Status.QUEUED:
                return self._queued(job)
            case Status.SUBMITTING:
                return self._cut_short(job)
            case Status.GENERATING | Status.FINALIZING:
                return self._watched(job)
        return 0

    def _queued(self, job: Job) -> int:
        now = self.clock.now_ms()
        if job.expired(now):
            self.jobs.settle(job, moves.ended(job, Status.EXPIRED, "sweep", now, error=moves.WAITED_TOO_LONG))
            self.telemetry.count("Expired")
            return 1
        lane = self.lanes.get(job.lane)  # makes the row: every later sweep looks at this lane, not at this job
        self.jobs.save(job, moves.touched(job, now, due_ms=job.expires_ms))
        if not lane.open(now):
            return 0
        self.hints.wake(job.lane, job.tenant, job.id)
        return self.repairs.done("Hint", job)

    def _cut_short(self, job: Job) -> int:
        """Its dispatcher died or the outcome was unknown: dispatch looks it up."""
        if job.leased(self.clock.now_ms()):
            return 0
        later = self.clock.now_ms() + self.policy.hint_repair_seconds * 1000
        self.jobs.save(job, moves.touched(job, self.clock.now_ms(), due_ms=later))
        self.hints.wake(job.lane, job.tenant, job.id)
        return self.repairs.done("Submission", job)

    def _watched(self, job: Job) -> int:
        """An execution must be at work on it; a new one is started where none is."""
        now = self.clock.now_ms()
        later = now + self.policy.watch_seconds * 1000
        if self.workflows.running(job):
            self.jobs.save(job, moves.touched(job, now, due_ms=later))
            return 0
        after = moves.touched(job, now, due_ms=later, executions=job.executions + 1)
        self.jobs.save(job, after)
        return self.repairs.done("Execution", after) if self.workflows.start(after) else 0
