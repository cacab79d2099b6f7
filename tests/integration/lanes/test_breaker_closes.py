"""Refusals that concern an account or a pack keep the lanes that they concern from trying."""

import pytest

from reelwright.domain.lane import lane_id
from reelwright.domain.provider_errors import AccountBlocked
from reelwright.domain.status import Status
from reelwright.use_cases.learning import LearnFromAnswers
from tests.integration.lanes.two_models import OTHER, OTHER_CLIP
from tests.support.pipeline import Pipeline


def test_the_operator_is_told_once(pipeline: Pipeline) -> None:
    """Three answers about arrears open the breaker once, and the first accepted create closes it."""
    pipeline.provider.script = [AccountBlocked("arrears", code="1101") for _ in range(3)]
    job_id = pipeline.submit().job_id
    for _ in range(3):
        assert pipeline.dispatch() == 1
        assert pipeline.job(job_id).status is Status.QUEUED
        pipeline.clock.advance(900)
    assert pipeline.telemetry.counts["BreakerOpened"] == 1
    pipeline.dispatch()
    assert pipeline.job(job_id).status is Status.GENERATING
    assert pipeline.telemetry.counts["BreakerClosed"] == 1


def both(pipeline: Pipeline) -> int:
    """Dispatch the lanes of two models of one account."""
    return pipeline.dispatch() + pipeline.dispatch(lane=OTHER)


@pytest.mark.parametrize("code", ["1004", "1101", "1304", "no-keys"])
def test_what_holds_for_the_account_is_asked_and_told_once(pipeline: Pipeline, code: str) -> None:
    """Arrears met by one model keep the other from trying; one create in each break asks for both."""
    pipeline.provider.script = [AccountBlocked("blocked", code=code) for _ in range(10)]
    jobs = [pipeline.submit().job_id, pipeline.submit(clip=OTHER_CLIP).job_id]
    pipeline.lanes.get(OTHER)
    breaks = (0, 60, 120, 240)
    for seconds in breaks:
        pipeline.clock.advance(seconds)
        assert (both(pipeline), both(pipeline)) == (1, 0)
    assert len(pipeline.provider.script) == 10 - len(breaks)
    assert {pipeline.job(one).status for one in jobs} == {Status.QUEUED}
    assert pipeline.telemetry.counts["BreakerOpened"] == 1


def test_a_lane_that_is_new_to_a_blocked_account_tells_nothing_more(pipeline: Pipeline) -> None:
    """A model that was never used tries once for itself, and the operator knows already."""
    pipeline.provider.script = [AccountBlocked("arrears", code="1101") for _ in range(2)]
    pipeline.submit()
    pipeline.submit(clip=OTHER_CLIP)
    assert (both(pipeline), both(pipeline)) == (2, 0)
    assert pipeline.telemetry.counts["BreakerOpened"] == 1


def test_what_concerns_one_pack_or_account_stops_no_other(pipeline: Pipeline) -> None:
    """An empty pack stops its own lane; arrears of another account stop none of this one's."""
    second = lane_id("second", "kling-v2-6")
    pipeline.provider.script = [AccountBlocked("pack", code="1102")]
    pipeline.submit()
    pipeline.submit(clip=OTHER_CLIP)
    pipeline.lanes.get(OTHER)
    assert both(pipeline) == 2
    learning = LearnFromAnswers(pipeline.lanes, pipeline.hints, pipeline.clock, pipeline.telemetry, pipeline.policy)
    learning.learn(second, AccountBlocked("arrears", code="1101"))
    assert pipeline.lanes.get(OTHER).lessons.failures == 0
    assert pipeline.telemetry.counts["BreakerOpened"] == 2
