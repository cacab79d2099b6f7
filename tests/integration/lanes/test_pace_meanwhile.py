"""Lessons about a lane's pace, learnt while somebody else writes the same row."""

from reelwright.domain import moves, pacing
from reelwright.domain.fairness import Choice
from reelwright.domain.lane import Lane
from tests.support.pipeline import LANE, Pipeline


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
