"""Requests under an idempotency key, over the real table."""

from decimal import Decimal

import pytest

from reelwright.domain.errors import IdempotencyMismatch
from reelwright.use_cases.submit import SubmitCommand
from tests.support.pipeline import CLIP, Pipeline


def test_the_same_key_gives_the_same_job(pipeline: Pipeline) -> None:
    """A replay creates nothing and says that it is one; another body under the key is refused."""
    first = pipeline.submit(idempotency_key="k")
    again = pipeline.submit(idempotency_key="k")
    assert (again.job_id, again.answer, again.replayed) == (first.job_id, first.answer, True)
    assert pipeline.left() == Decimal("98.5")
    other = SubmitCommand("acme", CLIP, "other", lambda job, _: job.id, idempotency_key="k")
    with pytest.raises(IdempotencyMismatch):
        pipeline.submitting.submit(other)


def test_a_key_is_forgotten_after_its_time(pipeline: Pipeline) -> None:
    """After 24 hours the key makes a new job, whether or not the table has dropped the row yet."""
    first = pipeline.submit(idempotency_key="k")
    pipeline.clock.advance(pipeline.policy.idempotency_seconds + 1)
    assert pipeline.submit(idempotency_key="k").job_id != first.job_id
