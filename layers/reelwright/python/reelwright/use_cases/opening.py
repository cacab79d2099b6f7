"""Find the lane that a waiting job can be sent on now, or be woken when there will be one."""

from dataclasses import dataclass
from functools import partial

from reelwright.domain.lane import Lane, siblings
from reelwright.use_cases.ports import Clock, Hints, Jobs, Lanes
from reelwright.use_cases.reading import ReadRows


@dataclass(frozen=True, slots=True)
class FindOpenLane:
    """Looks at a lane and at its siblings in the other accounts."""

    jobs: Jobs
    lanes: Lanes
    hints: Hints
    clock: Clock
    rows: ReadRows
    accounts: tuple[str, ...]

    def find(self, lane_id: str, tenant: str) -> Lane | None:
        """The open lane with the most free slots; where none is open but will be soon, a wake is booked for then."""
        now = self.clock.now_ms()
        read = [self.rows.row(one, partial(self.lanes.get, one)) for one in siblings(lane_id, self.accounts)]
        lanes = [lane for lane in read if lane]
        if usable := [lane for lane in lanes if lane.open(now)]:
            return max(usable, key=lambda lane: lane.free(now))
        for lane in lanes:
            if lane.free(now) and not lane.paused and self.jobs.waiting_after(lane_id, ""):
                self._book(lane, lane_id, tenant, now)
        return None

    def _book(self, lane: Lane, lane_id: str, tenant: str, now: int) -> None:
        """One wake for many that found the lane closed: whoever books it sends it."""
        seconds = -(-(lane.opens_ms(now) - now) // 1000)
        at = now + seconds * 1000
        if not now < lane.wake_ms <= at and self.lanes.book_wake(lane.id, at, now):
            self.hints.wake(lane_id, tenant, delay_seconds=seconds)
