"""Every minute: find what a crash left behind and bring it back onto the way of a job."""

from dataclasses import dataclass

from reelwright.domain.lane import Lane
from reelwright.domain.policy import SweepPolicy
from reelwright.use_cases.forecasting import ForecastLanes
from reelwright.use_cases.holding import QuestionHolds
from reelwright.use_cases.overdue import RepairOverdue
from reelwright.use_cases.ports import Clock, Hints, Jobs, Lanes, OpenHold, Telemetry, Workflows
from reelwright.use_cases.repairs import Repairs
from reelwright.use_cases.tending import TendLanes

BATCH = 50
"""Overdue jobs, and overdue holds, that one look at a shard brings."""


@dataclass(frozen=True, slots=True)
class SweepUp:
    """Repairs; each repair is idempotent, counted, and leaves the next one alone when it fails."""

    jobs: Jobs
    lanes: Lanes
    workflows: Workflows
    hints: Hints
    clock: Clock
    telemetry: Telemetry
    policy: SweepPolicy
    shards: int
    accounts: tuple[str, ...] = ("main",)

    def sweep(self) -> int:
        """How many repairs were made. What waiting jobs may expect is told last: it keeps no repair waiting."""
        lanes, due = self._lanes(), self._due()
        repaired = sum(self._overdue.due(job_id) for job_id in due)
        settled = sum(self._holds.question(hold) for hold in self._due_holds())
        freed = sum(self._lane.tend(lane) for lane in lanes)
        self._expected(lanes, due)
        return repaired + settled + freed

    def execution_ended(self, job_id: str) -> bool:
        """An execution failed, timed out or was aborted: look at its job at once."""
        return bool(self._overdue.ended(job_id))

    def _lanes(self) -> tuple[Lane, ...]:
        self.telemetry.job("")
        return self.lanes.all(lambda lane_id, error: self._repairs.failed(error, lane=lane_id))

    def _due(self) -> tuple[str, ...]:
        now = self.clock.now_ms()
        return tuple(job_id for shard in range(self.shards) for job_id in self.jobs.due(shard, now, BATCH))

    def _due_holds(self) -> tuple[OpenHold, ...]:
        now = self.clock.now_ms()
        return tuple(hold for shard in range(self.shards) for hold in self.jobs.due_holds(shard, now, BATCH))

    def _expected(self, lanes: tuple[Lane, ...], due: tuple[str, ...]) -> None:
        """When waiting jobs will be done; a forecast that fails spoils no sweep."""
        self.telemetry.job("")
        try:
            ForecastLanes(self.jobs, self.lanes, self.clock, self.accounts).tell(lanes, due)
        except Exception as error:  # noqa: BLE001 - whatever it is, only expectations suffer; counted and told
            self.telemetry.count("ForecastFailed")
            self.telemetry.trouble("forecast failed", reason=type(error).__name__)

    @property
    def _repairs(self) -> Repairs:
        return Repairs(self.jobs, self.clock, self.telemetry)

    @property
    def _overdue(self) -> RepairOverdue:
        return RepairOverdue(
            self.jobs,
            self.lanes,
            self.workflows,
            self.hints,
            self.clock,
            self.telemetry,
            self.policy,
            self._repairs,
        )

    @property
    def _holds(self) -> QuestionHolds:
        return QuestionHolds(self.jobs, self.clock, self._repairs)

    @property
    def _lane(self) -> TendLanes:
        return TendLanes(self.jobs, self.lanes, self.hints, self.clock, self.policy, self.accounts, self._repairs)
