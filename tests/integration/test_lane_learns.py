"""What answers do to a lane, over the real table."""

from dataclasses import dataclass, field

from reelwright.domain.provider_errors import AccountBlocked, OverCapacity
from reelwright.domain.status import Status
from reelwright.domain.task import Task
from reelwright.use_cases.ports import Submission
from tests.support.fakes import FakeProvider
from tests.support.pipeline import LANE, Pipeline


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
