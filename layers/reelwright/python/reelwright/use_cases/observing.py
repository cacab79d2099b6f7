"""Once a minute: how full the lanes are and how long jobs wait. It looks and changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from reelwright.domain.lane import Lane, siblings
from reelwright.domain.status import Status
from reelwright.use_cases.ports import Clock, Jobs, Lanes, Telemetry

TENANTS: Final = 50
"""Waiting tenants of a lane that are looked at: one query and one read each."""


@dataclass(frozen=True, slots=True)
class ObserveLanes:
    """Measures every lane that was ever used; one that cannot be looked at hides no other."""

    jobs: Jobs
    lanes: Lanes
    clock: Clock
    telemetry: Telemetry
    accounts: tuple[str, ...]

    def observe(self) -> None:
        """One line a lane. Never raises."""
        self.telemetry.job("")
        guarded(self.telemetry, "lanes", self._observe)

    def _observe(self) -> None:
        for lane in self.lanes.all(self._unreadable):
            guarded(self.telemetry, lane.id, lambda lane=lane: self._lane(lane))  # type: ignore[misc]

    def _unreadable(self, lane_id: str, error: Exception) -> None:
        _told(self.telemetry, lane_id, error)

    def _lane(self, lane: Lane) -> None:
        now, at = self.clock.now_ms(), ("lane", lane.id)
        self.telemetry.count("SlotsInUse", len(lane.slots), dimension=at)
        self.telemetry.count("SlotsTotal", lane.capacity(now), dimension=at)
        # One that has rested is half open: it waits for a job to try with, and an idle lane may wait for long.
        shut = bool(lane.lessons.failures) and lane.cool_until_ms > now
        self.telemetry.count("BreakerOpen", int(shut), dimension=at)
        if lane.id == siblings(lane.id, self.accounts)[0]:
            oldest = min(self._created(lane.id), default=now)
            self.telemetry.measure("OldestWaitingSeconds", (now - oldest) / 1000, "Seconds", dimension=at)

    def _created(self, lane: str) -> Iterator[int]:
        """When the next job of each waiting tenant was admitted; age lifts a tenant's oldest job to its head."""
        tenant = ""
        for _ in range(TENANTS):
            waiting = self.jobs.waiting_after(lane, tenant)
            if not waiting:
                return
            tenant = waiting[0].tenant
            job = self.jobs.get(waiting[0].job_id)
            if job.status is Status.QUEUED:
                yield job.created_ms


def guarded(telemetry: Telemetry, what: str, look: Callable[[], None]) -> None:
    """Looking must not hinder repairing: what goes wrong is counted and told."""
    try:
        look()
    except Exception as error:  # noqa: BLE001 - whatever it is, only a figure is missing
        _told(telemetry, what, error)


def _told(telemetry: Telemetry, what: str, error: Exception) -> None:
    telemetry.count("ObservationFailed")
    telemetry.trouble("could not observe", what=what, reason=type(error).__name__)
