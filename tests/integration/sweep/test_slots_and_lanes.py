"""The sweep goes past slots and lanes that it cannot tend, row by row."""

from dataclasses import dataclass, field

import pytest

from reelwright.adapters.aws.table import keys
from reelwright.domain.attempt import external_id
from reelwright.domain.status import Status
from reelwright.use_cases.observing import ObserveLanes
from tests.integration.sweep.spoiling import BEFORE, OTHER, lease, spoil
from tests.support.fake_telemetry import FakeTelemetry
from tests.support.pipeline import LANE, Pipeline


@pytest.mark.parametrize("spoiled", [{"type": "?"}, {"attempts": "?"}], ids=["unreadable", "without attempts"])
def test_a_slot_whose_job_cannot_be_read_is_kept_and_hides_no_other(
    pipeline: Pipeline, spoiled: dict[str, object]
) -> None:
    """Its task may be at Kling. The slots and lanes behind it are tended, and their lane is woken."""
    job_id = pipeline.submit().job_id
    spoil(pipeline, keys.job(job_id), status=Status.GENERATING, **spoiled)
    bad = external_id(job_id, 1)
    lease(pipeline, bad, BEFORE)
    lease(pipeline, external_id("job_gone", 1))
    pipeline.submit()
    pipeline.hints.sent.clear()
    assert pipeline.sweeping.sweep() == 1
    assert (list(pipeline.lanes.get(BEFORE).slots), pipeline.lanes.get(LANE).slots) == ([bad], {})
    assert [lane for lane, *_ in pipeline.hints.sent] == [LANE]
    assert pipeline.telemetry.counts["RepairFailed"] == 1


@pytest.mark.parametrize("name", ["garbage", "garbage-x", "{job}-x", "{job}-2"])
def test_a_slot_that_names_no_attempt_is_freed(pipeline: Pipeline, name: str) -> None:
    """Whatever somebody wrote there: once it lapses it is nobody's."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    lease(pipeline, name.format(job=job_id), OTHER)
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.lanes.get(OTHER).slots == {}


def test_a_lane_that_cannot_be_woken_hides_no_other(pipeline: Pipeline) -> None:
    """A row whose key is no lane's fails alone; slots that were freed before count as freed."""
    lease(pipeline, "nobody-1", "A")
    waiting = pipeline.submit().job_id
    pipeline.lanes.get(LANE)
    pipeline.hints.sent.clear()
    assert pipeline.sweeping.sweep() == 1
    assert waiting in {hinted for _, _, hinted, _ in pipeline.hints.sent}
    assert pipeline.telemetry.counts["RepairFailed"] == 1


def test_a_lane_row_that_cannot_be_read_ends_no_sweep(pipeline: Pipeline) -> None:
    """Counted and left out; jobs are repaired and other lanes tended. Whoever did not ask for that hears of it."""
    pipeline.lanes.get(BEFORE)
    spoil(pipeline, keys.lane(BEFORE), slots="?")
    lease(pipeline, "nobody-1")
    waiting = pipeline.submit().job_id
    pipeline.hints.sent.clear()
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    assert pipeline.sweeping.sweep() == 2
    assert waiting in {hinted for _, _, hinted, _ in pipeline.hints.sent}
    assert pipeline.telemetry.counts["RepairFailed"] == 1
    with pytest.raises(AttributeError):
        pipeline.lanes.all()


@dataclass
class Gauges(FakeTelemetry):
    """Remembers which lanes were measured."""

    lanes: list[str] = field(default_factory=list)

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        del value, unit
        if metric == "OldestWaitingSeconds" and dimension:
            self.lanes.append(dimension[1])


@pytest.mark.parametrize(("bad", "slots"), [(BEFORE, "?"), ("A", {})], ids=["unreadable", "no lane's key"])
def test_a_lane_that_cannot_be_looked_at_hides_no_other(pipeline: Pipeline, bad: str, slots: object) -> None:
    """The gauges of the others are told, and what is missing is counted."""
    pipeline.lanes.get(bad)
    spoil(pipeline, keys.lane(bad), slots=slots)
    pipeline.lanes.get(LANE)
    told = Gauges()
    ObserveLanes(pipeline.jobs, pipeline.lanes, pipeline.clock, told, ("main",)).observe()
    assert (told.lanes, told.counts["ObservationFailed"]) == ([LANE], 1)
