"""Turn Kling's truth into the end of a job: copy the result, settle the hold, wake the lane."""

from dataclasses import dataclass

from reelwright.domain import moves
from reelwright.domain.failure import LOST, may_rerun, told
from reelwright.domain.job import Job
from reelwright.domain.policy import FinishingPolicy
from reelwright.domain.provider_errors import ProviderError
from reelwright.domain.signals import FinalizeBusy, ProviderUnavailable, StillGenerating
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.delivering import DeliverResult
from reelwright.use_cases.ending import EndJob
from reelwright.use_cases.ports import Clock, Hints, Ids, Jobs, Provider, ResultCopier, Telemetry


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
            if job.overdue(self.clock.now_ms()):
                return self._lost(job).status
            raise
        return self._finished(job, task).status

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

    def _finished(self, job: Job, task: Task) -> Job:
        if job.status is Status.GENERATING:
            self.telemetry.count("Discovered", dimension=("by", _discovered_by(job)))
        return self._failed(job, task) if task.status is TaskStatus.FAILED else self._delivery.deliver(job, task)

    def _lost(self, job: Job) -> Job:
        """Past the deadline: a made video that cannot be fetched is paid for, an end never told is not."""
        if job.status is Status.FINALIZING:
            return self._ending.undelivered(job)
        after = self._ending.failed(job, LOST)
        self.telemetry.count("ProviderLost")
        self.hints.wake(job.lane, job.tenant)
        return after

    def _failed(self, job: Job, task: Task) -> Job:
        """Kling ended the task without a video: run it again where that may help, else the job ends with it."""
        job = moves.priced(job, task)
        if self._may_rerun(job, task) and len(job.attempts) < self.policy.max_attempts:
            after = moves.rerun(job, self.clock.now_ms())
            self.jobs.save_and_free(job, after)
            self.telemetry.count("Rerun")
        else:
            after = self._ending.failed(job, told(task))
        self.hints.wake(job.lane, job.tenant, after.id if after.status is Status.QUEUED else None)
        return after

    def _may_rerun(self, job: Job, task: Task) -> bool:
        """Past its time to wait a job would only expire in the queue, and the reason of its failure would be lost."""
        in_time = not job.expired(self.clock.now_ms())
        return in_time and job.status is Status.GENERATING and may_rerun(task.message)

    @property
    def _ending(self) -> EndJob:
        return EndJob(self.jobs, self.clock, self.telemetry)

    @property
    def _delivery(self) -> DeliverResult:
        return DeliverResult(
            self.jobs,
            self.copier,
            self.hints,
            self.clock,
            self.ids,
            self.telemetry,
            self.policy,
            self._ending,
        )


def _discovered_by(job: Job) -> str:
    """What led us to a task's end. Only the sweep starts more executions than there are attempts."""
    if job.callback_ms is not None:
        return "submit" if job.callback_ms == job.attempt.accepted_ms else "callback"
    return "sweep" if job.executions > len(job.attempts) else "poll"
