"""Lanes and their slots, as an operator sets and frees them."""

from dataclasses import dataclass

from reelwright.domain.catalogue.models import MODELS
from reelwright.domain.errors import Conflict, MalformedRequest, NotFound
from reelwright.domain.lane import Lane, account_of, lane_id, siblings
from reelwright.domain.provider_errors import ACCOUNT_WIDE
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import LaneDesk
from reelwright.use_cases.ports import Clock, Hints, Jobs, Lanes
from reelwright.use_cases.tending import LIVE

ALL, ONE = "all", "lane"
"""Who paused a lane: `pause all` or `lane pause`; only the first is undone by `resume all`."""

DEFAULT = "the stage's default"


@dataclass(frozen=True, slots=True)
class ManageLanes:
    """Changes act at the next dispatch: limits are read when work is dispatched."""

    lanes: Lanes
    desk: LaneDesk
    jobs: Jobs
    hints: Hints
    clock: Clock
    accounts: tuple[str, ...]

    def find(self, wanted: str) -> Lane | None:
        """The lane; None for one that was never used but can be. Raises NotFound."""
        for lane in self.lanes.all():
            if lane.id == wanted:
                return lane
        if wanted not in self._possible():
            raise NotFound(f"There is no lane {wanted!r}.")
        return None

    def limit(self, wanted: str, slots: int | None, hand: Hand) -> Change:
        """Set how many tasks may be unfinished at once; None for the stage's default."""
        return self._number(wanted, "slot_limit", "limit", slots, hand)

    def rate(self, wanted: str, requests: int | None, hand: Hand) -> Change:
        """Set how many creates a minute there may be, 0 for no limit of our own; None for the stage's default."""
        return self._number(wanted, "requests_per_minute", "requests_per_minute", requests, hand)

    def pause(self, wanted: str, hand: Hand) -> Change:
        """Claim no more jobs for the lane; what is at Kling goes on."""
        self.find(wanted)
        return self._pause(wanted, ONE, hand)

    def resume(self, wanted: str, hand: Hand) -> Change:
        """Serve the lane again, whatever paused it, and wake it."""
        self.find(wanted)
        change = Change(wanted, "paused by", self.desk.paused_by(wanted) or "nobody", "nobody")
        return hand.apply(change, lambda: self._set(wanted, {"paused": False, "paused_by": None}))

    def pause_all(self, hand: Hand) -> tuple[Change, ...]:
        """Pause every lane that there is or can be; a lane that is paused already keeps its own reason."""
        every = sorted({lane.id for lane in self.lanes.all()} | self._possible())
        return tuple(self._pause(wanted, self.desk.paused_by(wanted) or ALL, hand) for wanted in every)

    def resume_all(self, hand: Hand) -> tuple[Change, ...]:
        """Undo `pause_all`; what `lane pause` paused stays paused."""
        paused = (lane.id for lane in self.lanes.all() if self.desk.paused_by(lane.id) == ALL)
        return tuple(self.resume(wanted, hand) for wanted in paused)

    def reset(self, wanted: str, hand: Hand) -> Change:
        """Forget what the lane learnt and try at once: close its breaker, lift its working limit and its pace.

        What it taught the account's other lanes is forgotten with it: nobody else might ever ask there.
        """
        lane, now, taught = self.find(wanted), self.clock.now_ms(), self._taught(wanted)
        learnt = lane is not None and (lane.lessons.any or lane.cool_until_ms > now)
        change = Change(wanted, "lessons", "some" if learnt or taught else "none", "none")

        def forget() -> None:
            for one in (wanted, *taught):
                self.desk.forget(one, now)
                self.wake(one)

        return hand.apply(change, forget)

    def _taught(self, wanted: str) -> tuple[str, ...]:
        """The account's other lanes that are closed for what concerns the whole account."""
        beside = (lane for lane in self.lanes.all() if account_of(lane.id) == account_of(wanted))
        return tuple(lane.id for lane in beside if lane.id != wanted and lane.lessons.code in ACCOUNT_WIDE)

    def release(self, wanted: str, external_id: str, hand: Hand, *, force: bool = False) -> Change:
        """Free a slot. Raises NotFound, and Conflict while its job is at Kling: another task would get 1303."""
        lane = self.find(wanted)
        slot = lane.slots.get(external_id) if lane else None
        if slot is not None and not force and self.lives(external_id):
            raise Conflict("The slot's job is still at Kling; reconcile the job, or use --force when you know better.")
        change = Change(f"{wanted} {external_id}", "slot", "leased" if slot else "free", "free")

        def free() -> None:
            if slot and self.lanes.free(wanted, external_id, slot.expires_ms):
                self.wake(wanted)

        return hand.apply(change, free)

    def lives(self, external_id: str) -> bool:
        """True while the attempt may count as unfinished at Kling."""
        job_id, _, number = external_id.rpartition("-")
        try:
            job = self.jobs.get(job_id)
        except NotFound:
            return False
        return job.status in LIVE and str(len(job.attempts)) == number

    def wake(self, wanted: str) -> None:
        """Hint that the lane has work, when it has."""
        home = siblings(wanted, self.accounts)[0]
        if waiting := self.jobs.waiting_after(home, ""):
            self.hints.wake(home, waiting[0].tenant, waiting[0].job_id)

    def _number(self, wanted: str, field: str, name: str, value: int | None, hand: Hand) -> Change:
        if value is not None and value < 0:
            raise MalformedRequest("The number is 0 or more.")
        lane = self.find(wanted)
        before = str(getattr(lane, name)) if lane else DEFAULT
        change = Change(wanted, name, before, DEFAULT if value is None else str(value))
        return hand.apply(change, lambda: self._set(wanted, {field: value}))

    def _pause(self, wanted: str, by: str, hand: Hand) -> Change:
        change = Change(wanted, "paused by", self.desk.paused_by(wanted) or "nobody", by)
        return hand.apply(change, lambda: self._set(wanted, {"paused": True, "paused_by": by}))

    def _set(self, wanted: str, fields: dict[str, object | None]) -> None:
        """Make the row where there is none, set it, and let the lane act on it."""
        self.lanes.get(wanted)
        self.desk.set(wanted, fields)
        self.wake(wanted)

    def _possible(self) -> set[str]:
        return {lane_id(account, model) for account in self.accounts for model in MODELS}
