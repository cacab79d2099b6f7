"""What the provider's answer to a create does to the job: accepted, refused, put back, unknown, lost."""

from dataclasses import dataclass, replace
from typing import Final

from reelwright.domain import moves
from reelwright.domain.attempt import AttemptStatus
from reelwright.domain.errors import Stale
from reelwright.domain.failure import NEVER_KNOWN, refused
from reelwright.domain.job import Job
from reelwright.domain.policy import SendingPolicy
from reelwright.domain.provider_errors import (
    AccountBlocked,
    OverCapacity,
    ProviderError,
    RateLimited,
    Refused,
    Unreachable,
)
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.learning import Accepted, Answer
from reelwright.use_cases.ports import Clock, Hints, Jobs, Telemetry, Workflows

COOLING: Final[dict[type[ProviderError], str]] = {
    OverCapacity: "over_capacity_cool_seconds",
    RateLimited: "rate_limited_cool_seconds",
    Unreachable: "unreachable_cool_seconds",
    AccountBlocked: "blocked_cool_seconds",
}
"""How long the lane rests after an answer that surely created nothing, by field of the policy."""


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Writes what became of an attempt, counts it, and says what its lane may learn from it."""

    jobs: Jobs
    workflows: Workflows
    hints: Hints
    clock: Clock
    telemetry: Telemetry
    policy: SendingPolicy

    def accepted(self, job: Job, task: Task) -> Answer:
        """Kling has the task: its execution begins. Where the job moved on meanwhile, nothing is to do."""
        after = self._record(job, task)
        if after is not None:
            self.telemetry.count("Submitted", facts={"model": job.model})
            self.telemetry.measure("WaitedSeconds", (after.updated_ms - job.created_ms) / 1000, "Seconds")
            self.workflows.start(after)
        return Accepted()

    def refused(self, job: Job, error: Refused) -> Answer:
        """Kling will not make it: the job failed, and says why."""
        now, told = self.clock.now_ms(), refused(error)
        after = moves.ended(job, Status.FAILED, "dispatch", now, error=told, attempt=AttemptStatus.REFUSED)
        self.jobs.settle(job, after)
        self.telemetry.count("Refused", facts={"code": error.code})
        self.telemetry.count("Failed", dimension=("reason", told.code))
        return error

    def put_back(self, job: Job, error: ProviderError) -> ProviderError:
        """Surely not created: the job keeps its place, the lane rests, and a hint is sent for when it opens.

        That holds for this call alone. Where an earlier one of the attempt stayed unknown, Kling may accept it yet, so
        the job stays bound to its account, cannot be canceled, and is looked up again.
        """
        if job.attempt.sends:
            self.unknown(job)
            return error
        seconds: int = getattr(self.policy, COOLING[type(error)])
        now = self.clock.now_ms()
        self.jobs.save_and_free(job, moves.put_back(job, now), now + seconds * 1000)
        self.telemetry.count(type(error).__name__, facts={"code": error.code})
        self.telemetry.trouble("not created", reason=type(error).__name__, provider_code=error.code)
        self.hints.wake(job.lane, job.tenant, job.id, delay_seconds=seconds)
        return error

    def unknown(self, job: Job) -> Answer:
        """Kling may have the task: it is looked up again when the quiet period is over."""
        self.jobs.save(job, moves.unknown(job, self.policy, self.clock.now_ms()))
        self.hints.wake(job.lane, job.tenant, job.id, delay_seconds=self.policy.quiet_seconds)
        return None

    def lost(self, job: Job) -> Answer:
        """It stayed unknown for too long: the job failed, and its hold is released."""
        now = self.clock.now_ms()
        after = moves.ended(job, Status.FAILED, "dispatch", now, error=NEVER_KNOWN, attempt=AttemptStatus.LOST)
        self.jobs.settle(job, after)
        self.telemetry.count("ProviderLost")
        self.telemetry.count("UnknownEnded", dimension=("outcome", "lost"))
        self.telemetry.count("Failed", dimension=("reason", NEVER_KNOWN.code))
        return None

    def _record(self, job: Job, task: Task) -> Job | None:
        """Save what Kling accepted; a callback may have marked the row since we read it."""
        while True:
            after = moves.accepted(job, task, self.policy, self.clock.now_ms())
            if task.status is not TaskStatus.PROCESSING:
                after = replace(after, callback_ms=after.updated_ms)
            try:
                self.jobs.save(job, after)
            except Stale:
                fresh = self.jobs.get(job.id)
                if fresh.attempt.task_id == task.task_id and fresh.status is Status.GENERATING:
                    return fresh
                if fresh.status is not Status.SUBMITTING or fresh.attempt.number != job.attempt.number:
                    return None
                job = fresh
            else:
                return after
