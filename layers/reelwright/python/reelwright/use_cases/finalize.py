"""Turn Kling's truth into the end of a job: copy the result, settle the hold, wake the lane."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reelwright.domain import moves
from reelwright.domain.asset import Asset
from reelwright.domain.attempt import AttemptStatus, deducted
from reelwright.domain.failure import LOST, may_rerun, told
from reelwright.domain.job import Job, JobError
from reelwright.domain.money import Cost
from reelwright.domain.policy import FinishingPolicy
from reelwright.domain.provider_errors import ProviderError
from reelwright.domain.signals import CopyFailed, FinalizeBusy, ProviderUnavailable, StillGenerating
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ports import Clock, Hints, Ids, Jobs, Provider, ResultCopier, Telemetry

UNDELIVERED = JobError(
    "delivery_failed", "Kling made the video and charged for it, but its file could not be copied.", retryable=False
)

OUTCOMES: Final = {
    "": AttemptStatus.SUCCEEDED,
    UNDELIVERED.code: AttemptStatus.SUCCEEDED,
    LOST.code: AttemptStatus.LOST,
}
"""How the attempt ended, by the job's error; anything else is a failed task."""


@dataclass(frozen=True, slots=True)
class FinalizeJob:
    """Finishes jobs; any number of calls in any order give one finish."""

    jobs: Jobs
    provider: Provider
    copier: ResultCopier
    hints: Hints
    clock: Clock
    ids: Ids
    telemetry: Telemetry
    policy: FinishingPolicy

    def finalize(self, job_id: str, attempt: int) -> str:
        """The job's status afterwards.

        Raises StillGenerating, FinalizeBusy, CopyFailed, ProviderUnavailable; and Stale when somebody else
        moved the job in between: simply call again.
        """
        self.telemetry.job(job_id)
        job = self.jobs.get(job_id)
        if job.status not in {Status.GENERATING, Status.FINALIZING} or len(job.attempts) != attempt:
            return job.status
        if job.status is Status.FINALIZING and job.leased(self.clock.now_ms()):
            raise FinalizeBusy(job_id)
        try:
            task = self._truth(job)
        except (ProviderUnavailable, StillGenerating):
            if self._overdue(job):
                return self._lost(job).status
            raise
        if job.status is Status.GENERATING:
            self.telemetry.count("Discovered", dimension=("by", _discovered_by(job)))
        return self._failed(job, task) if task.status is TaskStatus.FAILED else self._deliver(job, task)

    def _truth(self, job: Job) -> Task:
        try:
            task = self.provider.look_up(*job.attempt_ref())
        except ProviderError as error:
            self.telemetry.count("LookUpFailed", facts={"code": error.code})
            raise ProviderUnavailable(f"{job.id}: code {error.code or 'none'}") from error
        if task is None or task.status is TaskStatus.PROCESSING:
            if job.status is Status.FINALIZING:
                raise ProviderUnavailable(f"{job.id}: an end that was told is not told any more")
            self.jobs.clear_callback(job)
            raise StillGenerating(job.id)
        return task

    def _overdue(self, job: Job) -> bool:
        return job.deadline_ms is not None and job.deadline_ms <= self.clock.now_ms()

    def _lost(self, job: Job) -> Job:
        """Past the deadline: a made video that cannot be fetched is paid for, an end never told is not."""
        if job.status is Status.FINALIZING:
            return self._end(job, Status.FAILED, _price(job), error=UNDELIVERED)
        after = self._end(job, Status.FAILED, deducted(job.attempts), error=LOST)
        self.telemetry.count("ProviderLost")
        self.hints.wake(job.lane, job.tenant)
        return after

    def _failed(self, job: Job, task: Task) -> str:
        """Kling ended the task without a video; what it deducted all the same (nothing, so far seen) is captured."""
        job = moves.priced(job, task)
        if self._may_rerun(job, task) and len(job.attempts) < self.policy.max_attempts:
            after = moves.rerun(job, self.clock.now_ms())
            self.jobs.save_and_free(job, after)
            self.telemetry.count("Rerun")
        else:
            after = self._end(job, Status.FAILED, deducted(job.attempts), error=told(task))
        self.hints.wake(job.lane, job.tenant, after.id if after.status is Status.QUEUED else None)
        return after.status

    def _may_rerun(self, job: Job, task: Task) -> bool:
        """Past its time to wait a job would only expire in the queue, and the reason of its failure would be lost."""
        in_time = job.expires_ms is None or self.clock.now_ms() < job.expires_ms
        return in_time and job.status is Status.GENERATING and may_rerun(task.message)

    def _deliver(self, job: Job, task: Task) -> str:
        claimed = moves.finalizing(job, task, self.ids.owner(), self.policy, self.clock.now_ms())
        self.jobs.save_and_free(job, claimed)
        if job.status is Status.GENERATING:
            self.hints.wake(job.lane, job.tenant)
            self._generated(claimed)
        try:
            assets = self._copied(job.id, task)
        except CopyFailed as error:
            return self._undelivered(claimed, error)
        after = self._end(claimed, Status.SUCCEEDED, _price(claimed), assets=assets)
        self._delivered(after, claimed.updated_ms)
        return after.status

    def _generated(self, job: Job) -> None:
        attempt = job.attempt
        if attempt.accepted_ms is not None and attempt.ended_ms is not None:
            seconds = (attempt.ended_ms - attempt.accepted_ms) / 1000
            self.telemetry.measure("GenerationSeconds", seconds, "Seconds", dimension=("model", job.model))

    def _delivered(self, job: Job, began_ms: int) -> None:
        self.telemetry.count("Succeeded", facts={"model": job.model})
        self.telemetry.measure("VideoSeconds", job.duration, "Seconds")
        self.telemetry.measure("ResultBytes", sum(asset.size for asset in job.assets), "Bytes")
        self.telemetry.measure("FinalizeMilliseconds", job.updated_ms - began_ms, "Milliseconds")

    def _copied(self, job_id: str, task: Task) -> tuple[Asset, ...]:
        if not task.results:
            raise CopyFailed("the provider names no result")
        return self.copier.copy(job_id, task.results[0])

    def _undelivered(self, job: Job, error: CopyFailed) -> str:
        """Try again later with a fresh link; after the deadline the money is spent and the job says so."""
        self.telemetry.count("CopyFailed")
        self.telemetry.trouble("copy failed", reason=str(error), failures=job.copy_failures + 1)
        now = self.clock.now_ms()
        if not self._overdue(job):
            self.jobs.save(job, moves.copy_failed(job, self.policy, now))
            raise error
        return self._end(job, Status.FAILED, _price(job), error=UNDELIVERED).status

    def _end(
        self,
        job: Job,
        to: Status,
        captured: Decimal,
        *,
        assets: tuple[Asset, ...] = (),
        error: JobError | None = None,
    ) -> Job:
        now = self.clock.now_ms()
        outcome = OUTCOMES.get(error.code if error else "", AttemptStatus.FAILED)
        after = moves.ended(job, to, "finalize", now, captured=captured, assets=assets, error=error, attempt=outcome)
        self.jobs.settle(job, after)
        if captured:
            self.telemetry.count("UnitsCaptured", float(captured))
            self.telemetry.measure("UsdCaptured", float(Cost(captured).usd), "None")
        if error:
            self.telemetry.count("Failed", facts={"model": job.model}, dimension=("reason", error.code))
        return after


def _discovered_by(job: Job) -> str:
    """What led us to a task's end. Only the sweep starts more executions than there are attempts."""
    if job.callback_ms is not None:
        return "submit" if job.callback_ms == job.attempt.accepted_ms else "callback"
    return "sweep" if job.executions > len(job.attempts) else "poll"


def _price(job: Job) -> Decimal:
    """What Kling deducted for all attempts; the estimate where it does not say what the made video cost."""
    deduction = job.attempt.deduction
    return deducted(job.attempts[:-1]) + (deduction if deduction is not None else job.estimated)
