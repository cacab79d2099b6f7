"""The end of a job that Kling had: settle its hold, write its last state, count both."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reelwright.domain import moves
from reelwright.domain.asset import Asset
from reelwright.domain.attempt import AttemptStatus, deducted
from reelwright.domain.failure import LOST, UNDELIVERED
from reelwright.domain.job import Job, JobError
from reelwright.domain.money import Cost
from reelwright.domain.status import Status
from reelwright.use_cases.ports import Clock, Jobs, Telemetry

OUTCOMES: Final = {
    "": AttemptStatus.SUCCEEDED,
    UNDELIVERED.code: AttemptStatus.SUCCEEDED,
    LOST.code: AttemptStatus.LOST,
}
"""How the attempt ended, by the job's error; anything else is a failed task."""


@dataclass(frozen=True, slots=True)
class EndJob:
    """Ends a job once. Raises Stale when somebody else moved it meanwhile."""

    jobs: Jobs
    clock: Clock
    telemetry: Telemetry

    def succeeded(self, job: Job, assets: tuple[Asset, ...]) -> Job:
        """With its files: the made video is paid for."""
        return self._end(job, Status.SUCCEEDED, _price(job), assets=assets)

    def undelivered(self, job: Job) -> Job:
        """A made video that cannot be fetched is paid for all the same."""
        return self._end(job, Status.FAILED, _price(job), error=UNDELIVERED)

    def failed(self, job: Job, error: JobError) -> Job:
        """Without a video: what Kling deducted all the same (nothing, so far seen) is captured."""
        return self._end(job, Status.FAILED, deducted(job.attempts), error=error)

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
        self._count(after, captured)
        return after

    def _count(self, job: Job, captured: Decimal) -> None:
        if captured:
            self.telemetry.count("UnitsCaptured", float(captured))
            self.telemetry.measure("UsdCaptured", float(Cost(captured).usd), "None")
        if job.error:
            self.telemetry.count("Failed", facts={"model": job.model}, dimension=("reason", job.error.code))


def _price(job: Job) -> Decimal:
    """What Kling deducted for all attempts; the estimate where it does not say what the made video cost."""
    deduction = job.attempt.deduction
    return deducted(job.attempts[:-1]) + (deduction if deduction is not None else job.estimated)
