"""A finished task's result is copied, tried again, or given up."""

from decimal import Decimal

import pytest

from reelwright.domain.signals import CopyFailed
from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline


def test_a_failed_copy_is_tried_again_without_generating_again(pipeline: Pipeline) -> None:
    """The slot is free at once, the job stays in finalizing, and the next call copies with a fresh link."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.finish(f"{job_id}-1")
    pipeline.copier.failures = 1
    with pytest.raises(CopyFailed):
        pipeline.finalizing.finalize(job_id, 1)
    assert pipeline.job(job_id).status is Status.FINALIZING
    assert pipeline.free() == 2
    assert pipeline.finalizing.finalize(job_id, 1) == Status.SUCCEEDED
    assert pipeline.provider.creates == 1


def test_what_cannot_be_delivered_is_paid_and_says_so(pipeline: Pipeline) -> None:
    """After the delivery deadline the job fails as `delivery_failed` and captures what Kling deducted."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.finish(f"{job_id}-1", units="2")
    pipeline.copier.failures = 2
    with pytest.raises(CopyFailed):
        pipeline.finalizing.finalize(job_id, 1)
    pipeline.clock.advance(pipeline.policy.delivery_deadline_seconds)
    assert pipeline.finalizing.finalize(job_id, 1) == Status.FAILED
    job = pipeline.job(job_id)
    assert job.error
    assert (job.error.code, job.captured) == ("delivery_failed", Decimal(2))
