"""Cancel a job that Kling has not seen yet."""

from dataclasses import dataclass

from reelwright.domain import moves
from reelwright.domain.errors import Conflict, NotFound, Stale
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.status import Status
from reelwright.use_cases.ports import Clock, Jobs, Telemetry


@dataclass(frozen=True, slots=True)
class CancelVideo:
    """Cancels queued jobs; a submitted one cannot be called back, for Kling has no cancel and bills anyway."""

    jobs: Jobs
    clock: Clock
    telemetry: Telemetry

    def cancel(self, tenant_id: str, job_id: str) -> tuple[Job, Generation]:
        """The canceled job. Raises NotFound, and Conflict unless it is queued (or canceled already)."""
        while True:
            job, generation = self.jobs.get_with_request(job_id)
            if job.tenant != tenant_id:
                raise NotFound("There is no such video.")
            if job.status is Status.CANCELED:
                return job, generation
            if job.status is not Status.QUEUED:
                raise Conflict(f"The video is {job.status}: only a queued one can be canceled. {_WHY}")
            after = moves.ended(job, Status.CANCELED, "cancel", self.clock.now_ms())
            try:
                self.jobs.settle(job, after)
            except Stale:
                continue
            self.telemetry.count("Canceled")
            return after, generation


_WHY = "Kling cannot cancel a task and bills it when it succeeds."
