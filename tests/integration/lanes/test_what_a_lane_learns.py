"""A lane learns how much the account takes and how long a task runs, and its queue hears of both."""

from reelwright.domain.provider_errors import OverCapacity
from tests.support.pipeline import LANE, Pipeline


def test_a_full_account_teaches_its_size(pipeline: Pipeline) -> None:
    """1303 beside one running task means one slot until a try succeeds; the sweep's forecast follows."""
    pipeline.provider.slots = 1
    for _ in range(3):
        pipeline.submit()
    pipeline.dispatch()
    lane = pipeline.lanes.get(LANE)
    assert (lane.lessons.working, pipeline.telemetry.counts[OverCapacity.__name__]) == (1, 1)
    pipeline.clock.advance(pipeline.policy.over_capacity_cool_seconds)
    assert pipeline.dispatch() == 0


def test_the_queue_is_told_what_the_lane_does(pipeline: Pipeline) -> None:
    """After a task of two minutes, a fourth job in a lane of two slots is promised its turn, not a bare render."""
    first = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.clock.advance(120)
    pipeline.provider.finish(f"{first}-1")
    pipeline.finalizing.finalize(first, 1)
    for _ in range(3):
        pipeline.submit()
    pipeline.dispatch()
    pipeline.sweeping.sweep()
    pipeline.clock.advance(60)
    last = pipeline.job(pipeline.submit().job_id)
    assert last.expected_ms
    assert (last.expected_ms - pipeline.clock.now_ms()) // 1000 == (2 * 60 + 120) * 9 // 8
