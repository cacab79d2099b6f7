"""What all repairs of the sweep have in common: each is counted, and none keeps the next one waiting."""

from collections.abc import Callable
from dataclasses import dataclass

from reelwright.domain.job import Job
from reelwright.use_cases.ports import Clock, Jobs, Telemetry


@dataclass(frozen=True, slots=True)
class Repairs:
    """Counts what was repaired and what could not be."""

    jobs: Jobs
    clock: Clock
    telemetry: Telemetry

    def done(self, kind: str, job: Job | None = None) -> int:
        """A repair was made: it is counted, and stands in the job's history where there is a job."""
        self.telemetry.count("Repaired", dimension=("kind", kind))
        if job is not None:
            self.jobs.remember(job, f"repaired: {kind}", self.clock.now_ms())
        self.telemetry.note("repaired", kind=kind)
        return 1

    def failed(self, error: Exception, **facts: object) -> None:
        """Something could not be repaired this time."""
        self.telemetry.count("RepairFailed")
        self.telemetry.trouble("repair failed", reason=type(error).__name__, **facts)

    def guarded(self, job_id: str, repair: Callable[[], int], later: Callable[[], None], **facts: object) -> int:
        """The repairs made by `repair`; one that fails is put off by `later`.

        The most overdue come first, and what cannot be repaired must not fill every look.
        """
        self.telemetry.job(job_id)
        try:
            return repair()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this row's alone; counted and told
            self.failed(error, **facts)
        self._put_off(later)
        return 0

    def _put_off(self, later: Callable[[], None]) -> None:
        try:
            later()
        except Exception as error:  # noqa: BLE001 - it stays overdue then, and the next sweep tries again
            self.telemetry.trouble("not deferred", reason=type(error).__name__)
