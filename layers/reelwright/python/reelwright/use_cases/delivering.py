"""Copy what Kling made into the bucket, then end the job; a failed copy never pays for a second render."""

from dataclasses import dataclass

from reelwright.domain import moves
from reelwright.domain.asset import Asset
from reelwright.domain.job import Job
from reelwright.domain.policy import FinishingPolicy
from reelwright.domain.signals import CopyFailed
from reelwright.domain.status import Status
from reelwright.domain.task import Task
from reelwright.use_cases.ending import EndJob
from reelwright.use_cases.ports import Clock, Hints, Ids, Jobs, ResultCopier, Telemetry


@dataclass(frozen=True, slots=True)
class DeliverResult:
    """Claims the job of a finished task, which frees its slot, and copies under that lease."""

    jobs: Jobs
    copier: ResultCopier
    hints: Hints
    clock: Clock
    ids: Ids
    telemetry: Telemetry
    policy: FinishingPolicy
    ending: EndJob

    def deliver(self, job: Job, task: Task) -> Job:
        """The job afterwards. Raises CopyFailed while there is time to try again."""
        claimed = moves.finalizing(job, task, self.ids.owner(), self.policy, self.clock.now_ms())
        self.jobs.save_and_free(job, claimed)
        if job.status is Status.GENERATING:
            self.hints.wake(job.lane, job.tenant)
            self._generated(claimed)
        try:
            assets = self._copied(job.id, task)
        except CopyFailed as error:
            return self._undelivered(claimed, error)
        after = self.ending.succeeded(claimed, assets)
        self._delivered(after, claimed.updated_ms)
        return after

    def _copied(self, job_id: str, task: Task) -> tuple[Asset, ...]:
        if not task.results:
            raise CopyFailed("the provider names no result")
        return self.copier.copy(job_id, task.results[0])

    def _undelivered(self, job: Job, error: CopyFailed) -> Job:
        """Try again later with a fresh link; after the deadline the money is spent and the job says so."""
        self.telemetry.count("CopyFailed")
        self.telemetry.trouble("copy failed", reason=str(error), failures=job.copy_failures + 1)
        now = self.clock.now_ms()
        if not job.overdue(now):
            self.jobs.save(job, moves.copy_failed(job, self.policy, now))
            raise error
        return self.ending.undelivered(job)

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
