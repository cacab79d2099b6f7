"""Ask of holds that are open for long why they are."""

from dataclasses import dataclass
from typing import Final

from reelwright.use_cases.ports import Clock, Jobs, OpenHold
from reelwright.use_cases.repairs import Repairs

QUESTION_SECONDS: Final = 86_400
"""A hold whose job is alive is asked again after this."""

AGAIN_SECONDS: Final = 3_600
"""A hold that could not be settled, or whose job cannot be read, is asked again after this."""


@dataclass(frozen=True, slots=True)
class QuestionHolds:
    """A job that is over has no open hold."""

    jobs: Jobs
    clock: Clock
    repairs: Repairs

    def question(self, hold: OpenHold) -> int:
        """Its job is still alive, or the hold is an orphan and is settled. The hold is put off, never its job."""
        return self.repairs.guarded(hold.job_id, lambda: self._question(hold), lambda: self._later(hold, AGAIN_SECONDS))

    def _question(self, hold: OpenHold) -> int:
        job = self.jobs.get(hold.job_id)
        if not job.status.terminal:
            self._later(hold, QUESTION_SECONDS)
            return 0
        if self.jobs.close_hold(job):
            return self.repairs.done("Hold", job)
        self._later(hold, AGAIN_SECONDS)
        return 0

    def _later(self, hold: OpenHold, seconds: int) -> None:
        self.jobs.defer_hold(hold, self.clock.now_ms() + seconds * 1000)
