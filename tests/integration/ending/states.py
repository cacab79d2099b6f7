"""A job in each of its states, under the first attempt's address."""

from collections.abc import Callable

import pytest

from reelwright.domain.provider_errors import OutcomeUnknown, OverCapacity
from reelwright.domain.signals import CopyFailed
from tests.support.pipeline import Pipeline


def queued(pipeline: Pipeline) -> str:
    """Put back, so that its first attempt has an address already."""
    pipeline.provider.script = [OverCapacity("full", code="1303")]
    job_id = pipeline.submit(expires_in_seconds=120).job_id
    pipeline.dispatch()
    return job_id


def submitting(pipeline: Pipeline) -> str:
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    return job_id


def generating(pipeline: Pipeline) -> str:
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    return job_id


def finalizing(pipeline: Pipeline) -> str:
    job_id = generating(pipeline)
    pipeline.provider.finish(f"{job_id}-1")
    pipeline.copier.failures = 1
    with pytest.raises(CopyFailed):
        pipeline.finalizing.finalize(job_id, 1)
    return job_id


def succeeded(pipeline: Pipeline) -> str:
    job_id = finalizing(pipeline)
    pipeline.finalizing.finalize(job_id, 1)
    return job_id


def failed(pipeline: Pipeline) -> str:
    job_id = generating(pipeline)
    pipeline.provider.fail(f"{job_id}-1", "no")
    pipeline.finalizing.finalize(job_id, 1)
    return job_id


def canceled(pipeline: Pipeline) -> str:
    job_id = queued(pipeline)
    pipeline.canceling.cancel("acme", job_id)
    return job_id


def expired(pipeline: Pipeline) -> str:
    job_id = queued(pipeline)
    pipeline.clock.advance(120)
    pipeline.dispatch()
    return job_id


STATES: tuple[Callable[[Pipeline], str], ...] = (
    queued,
    submitting,
    generating,
    finalizing,
    succeeded,
    failed,
    canceled,
    expired,
)
