"""How the pipeline hears of a task's end: it asks, or it is called."""

from decimal import Decimal

import pytest

from reelwright.domain.errors import NotFound
from reelwright.domain.signals import StillGenerating
from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline


def test_a_poll_timeout_is_not_a_failure(pipeline: Pipeline) -> None:
    """Polling raises until Kling ends the task; only after the deadline the job counts as lost."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    for _ in range(3):
        pipeline.clock.advance(3600)
        with pytest.raises(StillGenerating):
            pipeline.polling.poll(job_id, 1)
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds)
    assert pipeline.polling.poll(job_id, 1) == "terminal"
    job = pipeline.job(job_id)
    assert job.error
    assert (job.status, job.error.code, pipeline.left()) == (Status.FAILED, "provider_lost", Decimal(100))


def test_a_callback_wakes_the_workflow_and_changes_nothing_else(pipeline: Pipeline) -> None:
    """News marks the job; the token parked in the table comes back; a forged address does not exist."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    assert pipeline.calling_back.receive(f"good.{job_id}-1", {}, b"end") is False
    assert pipeline.job(job_id).callback_ms == pipeline.clock.now_ms()
    assert pipeline.job(job_id).status is Status.GENERATING
    with pytest.raises(StillGenerating):
        pipeline.finalizing.finalize(job_id, 1)
    assert pipeline.job(job_id).callback_ms is None
    with pytest.raises(NotFound):
        pipeline.calling_back.receive(f"bad.{job_id}-1", {}, b"end")
