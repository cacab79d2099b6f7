"""How a job ends, and what becomes of its hold."""

from decimal import Decimal

import pytest

from reelwright.domain.errors import Conflict, NotFound
from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline


def finished(pipeline: Pipeline, job_id: str) -> None:
    pipeline.dispatch(job_id)
    pipeline.provider.finish(f"{job_id}-1", units="2.5")
    pipeline.finalizing.finalize(job_id, 1)


def test_a_job_holds_then_captures_what_kling_deducted(pipeline: Pipeline) -> None:
    """The estimate is held at admission; at success the deduction is captured and the rest released."""
    job_id = pipeline.submit().job_id
    assert pipeline.job(job_id).held == Decimal("1.5")
    assert pipeline.left() == Decimal("98.5")
    finished(pipeline, job_id)
    job = pipeline.job(job_id)
    assert (job.status, job.captured, job.held) == (Status.SUCCEEDED, Decimal("2.5"), Decimal(0))
    assert pipeline.left() == Decimal("97.5")
    assert pipeline.free() == pipeline.slots


def test_cancel_releases_only_what_kling_has_not_seen(pipeline: Pipeline) -> None:
    """A queued job is canceled and its hold released; a submitted one is not."""
    queued, sent = pipeline.submit().job_id, pipeline.submit(priority=10).job_id
    pipeline.limit(1)
    pipeline.dispatch()
    job, _ = pipeline.canceling.cancel("acme", queued)
    assert job.status is Status.CANCELED
    assert pipeline.left() == Decimal("98.5")
    with pytest.raises(Conflict):
        pipeline.canceling.cancel("acme", sent)
    with pytest.raises(NotFound):
        pipeline.canceling.cancel("zoe", queued)


def test_a_failed_task_releases_the_hold(pipeline: Pipeline) -> None:
    """Kling's asynchronous refusal fails the job with the reason, and nothing is captured."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.fail(f"{job_id}-1", "Failure to pass the risk control system")
    assert pipeline.finalizing.finalize(job_id, 1) == Status.FAILED
    job = pipeline.job(job_id)
    assert job.error
    assert (job.error.code, pipeline.left()) == ("content_refused", Decimal(100))


def test_a_job_that_waited_too_long_expires(pipeline: Pipeline) -> None:
    """`expires_in` ends a queued job and releases its hold."""
    job_id = pipeline.submit(expires_in_seconds=120).job_id
    pipeline.clock.advance(60)
    pipeline.sweeping.sweep()
    pipeline.clock.advance(60)
    pipeline.sweeping.sweep()
    assert pipeline.job(job_id).status is Status.EXPIRED
    assert pipeline.left() == Decimal(100)
