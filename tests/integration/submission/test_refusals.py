"""Kling takes no create: what becomes of the job says why."""

from decimal import Decimal

from reelwright.domain.provider_errors import (
    AccountBlocked,
    OverCapacity,
    Refused,
)
from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline


def test_a_full_account_puts_the_job_back_and_rests_the_lane(pipeline: Pipeline) -> None:
    """1303 creates nothing: the job keeps its id and place, nothing is claimed while cooling, and then one less."""
    pipeline.provider.script = [OverCapacity("full", code="1303")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    job = pipeline.job(job_id)
    assert (job.status, len(job.attempts), pipeline.free()) == (Status.QUEUED, 1, 1)
    assert pipeline.dispatch() == 0
    pipeline.clock.advance(pipeline.policy.over_capacity_cool_seconds)
    assert pipeline.dispatch() == 1
    assert list(pipeline.provider.tasks) == [f"{job_id}-1"]


def test_a_blocked_account_fails_no_job(pipeline: Pipeline) -> None:
    """Arrears and the like leave jobs queued."""
    pipeline.provider.script = [AccountBlocked("arrears", code="1101")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    assert pipeline.job(job_id).status is Status.QUEUED
    assert pipeline.left() == Decimal("98.5")


def test_a_refused_job_costs_nothing_and_frees_its_slot(pipeline: Pipeline) -> None:
    """Moderation at submission ends the job, with the provider's own code, hold released."""
    pipeline.provider.script = [Refused("no", code="1301", request_id="r1")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    job = pipeline.job(job_id)
    assert job.error
    assert (job.status, job.error.code, job.error.provider_code) == (Status.FAILED, "content_refused", "1301")
    assert (pipeline.left(), pipeline.free()) == (Decimal(100), 2)
