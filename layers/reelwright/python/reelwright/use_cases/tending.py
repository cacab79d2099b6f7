"""Keep lanes serving: free what is leased for nobody, and wake whoever could serve somebody."""

from dataclasses import dataclass
from typing import Final

from reelwright.domain.attempt import job_of
from reelwright.domain.errors import NotFound
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane, Slot, siblings
from reelwright.domain.policy import SweepPolicy
from reelwright.domain.status import Status
from reelwright.use_cases.ports import Clock, Hints, Jobs, Lanes
from reelwright.use_cases.repairs import Repairs

LIVE: Final = frozenset({Status.SUBMITTING, Status.GENERATING})

IDLE: Final = 100
"""Idle tenants that a lane's row may keep, to spare a write a minute; each takes at most 66 of the row's 400 KB."""

FORGOTTEN: Final = 50
"""Idle tenants that one write forgets: far below what an expression may hold."""


@dataclass(frozen=True, slots=True)
class TendLanes:
    """Each slot and each lane for itself: one that cannot be tended keeps no other waiting."""

    jobs: Jobs
    lanes: Lanes
    hints: Hints
    clock: Clock
    policy: SweepPolicy
    accounts: tuple[str, ...]
    repairs: Repairs

    def tend(self, lane: Lane) -> int:
        """How many slots were freed."""
        now = self.clock.now_ms()
        lapsed = {name: slot for name, slot in lane.slots.items() if slot.expires_ms <= now}
        freed = sum(self._tended(lane, name, slot) for name, slot in lapsed.items())
        self.repairs.guarded("", lambda: self._rid(lane), _nothing, lane=lane.id)
        self.repairs.guarded("", lambda: self._woken(lane, freed), _nothing, lane=lane.id)
        return freed

    def _tended(self, lane: Lane, name: str, slot: Slot) -> int:
        look = self.repairs.guarded
        return look(job_of(name), lambda: self._slot(lane, name, slot), _nothing, lane=lane.id, slot=name)

    def _slot(self, lane: Lane, external_id: str, slot: Slot) -> int:
        """Freed unless its attempt may be at Kling; one whose job cannot be read is kept, for it may be."""
        job = self._holder(external_id)
        if job is not None and job.status in LIVE and job.attempt.external_id == external_id:
            later = self.clock.now_ms() + self.policy.slot_lease_seconds * 1000
            self.lanes.renew(lane.id, external_id, later)
            return 0
        return self.repairs.done("Slot", job) if self.lanes.free(lane.id, external_id, slot.expires_ms) else 0

    def _holder(self, external_id: str) -> Job | None:
        try:
            return self.jobs.get(job_of(external_id))
        except NotFound:
            return None

    def _rid(self, lane: Lane) -> int:
        """A row that kept every tenant ever served would grow past what a row may hold, and then nothing is claimed."""
        if len(lane.idle) > IDLE:
            self.lanes.forget(lane.id, lane.idle[:FORGOTTEN])
        return 0

    def _woken(self, lane: Lane, freed: int) -> int:
        home = siblings(lane.id, self.accounts)[0]
        waiting = self.jobs.waiting_after(home, "") if freed or lane.open(self.clock.now_ms()) else ()
        if waiting:
            self.hints.wake(home, waiting[0].tenant, waiting[0].job_id)
        return 0


def _nothing() -> None:
    """There is nothing to put off: lanes are looked at every time."""
