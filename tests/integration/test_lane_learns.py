"""What answers do to a lane, over the real table."""

from dataclasses import dataclass, field, replace
from unittest.mock import patch

import pytest

from reelwright.domain import moves, pacing
from reelwright.domain.fairness import Choice
from reelwright.domain.lane import Lane, lane_id
from reelwright.domain.provider_errors import AccountBlocked, OverCapacity
from reelwright.domain.status import Status
from reelwright.domain.task import Task
from reelwright.use_cases.learning import LearnFromAnswers
from reelwright.use_cases.ports import Submission
from tests.support.fakes import FakeProvider
from tests.support.pipeline import CLIP, LANE, Pipeline


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


OTHER = lane_id("main", "kling-v2-6")
OTHER_CLIP = replace(CLIP, model="kling-v2-6")


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


def test_one_accepted_create_opens_all_lanes_of_the_account(pipeline: Pipeline) -> None:
    """The other model's lane does not wait for a try of its own."""
    pipeline.provider.script = [AccountBlocked("keys", code="1002")]
    pipeline.submit()
    pipeline.submit(clip=OTHER_CLIP)
    pipeline.lanes.get(OTHER)
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.blocked_cool_seconds)
    pipeline.hints.sent.clear()
    assert pipeline.dispatch() == 1
    assert (OTHER, "", None, 0) in pipeline.hints.sent
    assert pipeline.dispatch(lane=OTHER) == 1


def test_a_success_opens_the_others_whatever_its_own_last_refusal_was(pipeline: Pipeline) -> None:
    """1101 closed both, then the lane's own pack was empty: a create that is accepted proves the account well."""
    pipeline.provider.script = [AccountBlocked("arrears", code="1101"), AccountBlocked("empty", code="1102")]
    pipeline.submit()
    pipeline.lanes.get(OTHER)
    for _ in range(2):
        pipeline.dispatch()
        pipeline.clock.advance(4 * pipeline.policy.blocked_cool_seconds)
    assert pipeline.lanes.get(OTHER).lessons.code == "1101"
    assert pipeline.dispatch() == 1
    assert not pipeline.lanes.get(OTHER).lessons.failures


def test_a_process_that_dies_while_it_opens_lanes_leaves_its_own_for_the_next(pipeline: Pipeline) -> None:
    """The own breaker closes last, so that the next success opens what is still closed."""
    pipeline.provider.script = [AccountBlocked("arrears", code="1101")]
    pipeline.submit()
    pipeline.submit()
    pipeline.lanes.get(OTHER)
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.blocked_cool_seconds)
    learn = pipeline.lanes.learn
    with patch.object(pipeline.lanes, "learn", side_effect=OSError("killed")), pytest.raises(OSError, match="killed"):
        pipeline.dispatch()
    assert learn(LANE, lambda lane, _now: lane, 0).lessons.failures
    pipeline.clock.advance(pipeline.policy.blocked_cool_seconds)
    pipeline.dispatch()
    assert not pipeline.lanes.get(OTHER).lessons.failures
    assert not pipeline.lanes.get(LANE).lessons.failures


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


@dataclass
class Watched(FakeProvider):
    """Looks, while a create is on its way, whether somebody else might claim."""

    pipeline: Pipeline | None = None
    others_may: list[bool] = field(default_factory=list)

    def submit(self, submission: Submission) -> Task:
        if self.pipeline:
            self.others_may.append(self.pipeline.lanes.get(LANE).open(self.pipeline.clock.now_ms()))
        return super().submit(submission)


def test_a_half_open_breaker_lets_one_create_try(pipeline: Pipeline) -> None:
    """While the first create after a break is on its way nobody else may claim; once it is taken, everybody may."""
    watched = Watched(script=[AccountBlocked("arrears", code="1101")], pipeline=pipeline)
    made = Pipeline(pipeline.client, pipeline.table, clock=pipeline.clock, provider=watched)
    for _ in range(2):
        made.submit()
    made.dispatch()
    made.clock.advance(made.policy.blocked_cool_seconds)
    made.dispatch()
    assert watched.others_may == [True, False, False]
    assert watched.creates == 2


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


def _paced(pipeline: Pipeline) -> Lane:
    """The lane after a 1302, when its pace is worth easing."""
    pipeline.lanes.learn(LANE, pacing.rate_limited, pipeline.clock.now_ms())
    pipeline.clock.advance(pacing.EASE_SECONDS)
    return pipeline.lanes.get(LANE)


def test_a_success_leaves_the_step_that_a_claim_made(pipeline: Pipeline) -> None:
    """A claim while a success is being learnt moves the pace on by one create: the lesson keeps that step."""
    before, job = _paced(pipeline), pipeline.job(pipeline.submit().job_id)
    now = pipeline.clock.now_ms()
    claimed = moves.claimed(job, "x", LANE, pipeline.policy, now)

    def overtaken(lane: Lane, now_ms: int) -> Lane:
        if not pipeline.lanes.get(LANE).slots:
            pipeline.jobs.claim(job, claimed, before, Choice(job, "acme", {}), now + 900_000, pipeline.tenant())
        return pacing.succeeded(lane, now_ms)

    taught = pipeline.lanes.learn(LANE, overtaken, now)
    assert (taught.lessons.version, pipeline.lanes.get(LANE).tat_ms) == (2, now + before.interval_ms)


def test_a_success_leaves_the_rest_after_a_refusal(pipeline: Pipeline) -> None:
    """A job that is put back while a success is being learnt lets the lane rest: the lesson does not wake it."""
    _paced(pipeline)
    job = pipeline.job(pipeline.submit().job_id)
    now = pipeline.clock.now_ms()
    claimed, rest = moves.claimed(job, "x", LANE, pipeline.policy, now), now + 2_000
    lane = pipeline.lanes.get(LANE)
    pipeline.jobs.claim(job, claimed, lane, Choice(job, "acme", {}), now + 900_000, pipeline.tenant())

    def overtaken(lane: Lane, now_ms: int) -> Lane:
        if pipeline.lanes.get(LANE).slots:
            pipeline.jobs.save_and_free(claimed, moves.put_back(claimed, now), rest)
        return pacing.succeeded(lane, now_ms)

    pipeline.lanes.learn(LANE, overtaken, now)
    assert pipeline.lanes.get(LANE).cool_until_ms == rest


def test_a_slower_pace_counts_from_the_latest_claim(pipeline: Pipeline) -> None:
    """1302 sets pace and next turn together: overtaken by a claim it looks again, so that nothing is lost."""
    before, job = _paced(pipeline), pipeline.job(pipeline.submit().job_id)
    now, seen = pipeline.clock.now_ms(), list[int]()
    claimed = moves.claimed(job, "x", LANE, pipeline.policy, now)

    def overtaken(lane: Lane, now_ms: int) -> Lane:
        seen.append(lane.tat_ms)
        if not pipeline.lanes.get(LANE).slots:
            pipeline.jobs.claim(job, claimed, before, Choice(job, "acme", {}), now + 900_000, pipeline.tenant())
        return pacing.rate_limited(lane, now_ms)

    taught = pipeline.lanes.learn(LANE, overtaken, now)
    assert seen == [before.tat_ms, now + before.interval_ms]
    assert pipeline.lanes.get(LANE) == taught
