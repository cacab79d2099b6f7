"""Ask Kling for the truth when no callback came in time."""

from dataclasses import dataclass

from reelwright.domain import moves
from reelwright.domain.attempt import AttemptStatus
from reelwright.domain.failure import LOST
from reelwright.domain.job import Job
from reelwright.domain.provider_errors import ProviderError
from reelwright.domain.signals import StillGenerating
from reelwright.domain.status import Status
from reelwright.domain.task import TaskStatus
from reelwright.use_cases.ports import Clock, Hints, Jobs, Provider, Telemetry


@dataclass(frozen=True, slots=True)
class PollTask:
    """Looks one generating job up."""

    jobs: Jobs
    provider: Provider
    hints: Hints
    clock: Clock
    telemetry: Telemetry

    def poll(self, job_id: str, attempt: int) -> str:
        """`terminal` when there is an end to finalize (or nothing left to do). Raises StillGenerating."""
        self.telemetry.job(job_id)
        job = self.jobs.get(job_id)
        if job.status is not Status.GENERATING or len(job.attempts) != attempt:
            return "terminal"
        if self._ended(job):
            return "terminal"
        if job.overdue(self.clock.now_ms()):
            self._give_up(job)
            return "terminal"
        raise StillGenerating(job_id)

    def _ended(self, job: Job) -> bool:
        try:
            task = self.provider.look_up(*job.attempt_ref())
        except ProviderError as error:
            self.telemetry.count("LookUpFailed", facts={"code": error.code})
            self.telemetry.trouble("look-up failed", provider_code=error.code)
            return False
        return task is not None and task.status is not TaskStatus.PROCESSING

    def _give_up(self, job: Job) -> None:
        """The deadline is over: release the hold, free the slot. Raises Stale when the job just moved."""
        now = self.clock.now_ms()
        after = moves.ended(job, Status.FAILED, "poll", now, error=LOST, attempt=AttemptStatus.LOST)
        self.jobs.settle(job, after)
        self.telemetry.count("ProviderLost")
        self.telemetry.count("Failed", dimension=("reason", LOST.code))
        self.hints.wake(job.lane, job.tenant)
