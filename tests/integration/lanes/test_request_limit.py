"""A lane's pace while many dispatchers race for it, over the real table."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.domain.lane import BURST, Lane
from reelwright.domain.task import Task
from reelwright.use_cases.dispatch import DispatchLane, Hint
from reelwright.use_cases.ports import Submission
from tests.support.fake_provider import FakeProvider
from tests.support.fakes import FakeClock
from tests.support.pipeline import LANE, Pipeline

A_MINUTE, SLOTS, DISPATCHERS = 6, 100, 3
SECONDS = 100


@dataclass
class Timed(FakeProvider):
    """Writes down when each create came (seconds)."""

    clock: FakeClock = field(default_factory=FakeClock)
    at: list[int] = field(default_factory=list)

    def submit(self, submission: Submission) -> Task:
        self.at.append(self.clock.now_ms() // 1000)
        return super().submit(submission)


class Overtaken(TableLanes):
    """Lanes whose reader is overtaken: as soon as it has read a lane, the others do all that they can."""

    others: Iterator[DispatchLane] = iter(())

    def get(self, lane_id: str) -> Lane:
        read = super().get(lane_id)
        for other in self.others:
            other.dispatch(Hint(LANE, "acme"), other.clock.now_ms() + 60_000)
        return read


def test_racing_dispatchers_keep_the_request_limit(pipeline: Pipeline) -> None:
    """All read the lane before any claims: no minute has more creates than the limit and its burst, none fewer."""
    timed = Timed(clock=pipeline.clock)
    made = Pipeline(pipeline.client, pipeline.table, clock=pipeline.clock, provider=timed)
    lanes = Overtaken(made.client, made.table, SLOTS, A_MINUTE)
    dispatching = replace(made.dispatching, lanes=lanes)
    for _ in range(SECONDS // 10 + BURST + 2):
        made.submit()
    for _ in range(0, SECONDS, 5):
        lanes.others = iter([dispatching] * DISPATCHERS)
        dispatching.dispatch(Hint(LANE, "acme"), made.clock.now_ms() + 60_000)
        made.clock.advance(5)
    creates = timed.at
    minutes = [sum(begin <= one < begin + 60 for one in creates) for begin in range(creates[0], creates[-1] - 59)]
    assert (max(minutes), min(minutes)) == (A_MINUTE + BURST, A_MINUTE)
    assert made.telemetry.counts["ClaimLost"] >= len(creates)
