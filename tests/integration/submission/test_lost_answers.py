"""Kling's answer to a create is lost: the task is looked up, adopted or sent again under the same id."""

from decimal import Decimal

import pytest

from reelwright.domain.provider_errors import (
    AccountBlocked,
    LookUpFailed,
    OutcomeUnknown,
    ProviderError,
)
from reelwright.domain.status import Status
from reelwright.use_cases.dispatch import Hint
from tests.support.pipeline import LANE, Pipeline


def test_a_timeout_after_accepting_is_adopted_not_paid_twice(pipeline: Pipeline) -> None:
    """Kling created the task but the answer was lost: it is found by its external id."""
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    pipeline.provider.accept_before_raising = True
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    assert pipeline.job(job_id).status is Status.GENERATING
    assert pipeline.provider.creates == 1


def test_an_unknown_outcome_waits_for_the_quiet_period_before_the_same_id_is_sent_again(pipeline: Pipeline) -> None:
    """Absence means something only once no task can show up any more; then the same external id goes out."""
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.dispatch(job_id)
    assert (pipeline.job(job_id).status, pipeline.provider.creates) == (Status.SUBMITTING, 0)
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    pipeline.dispatch(job_id)
    assert (pipeline.job(job_id).status, pipeline.provider.creates) == (Status.GENERATING, 1)
    assert list(pipeline.provider.tasks) == [f"{job_id}-1"]


@pytest.mark.parametrize("told", [AccountBlocked("arrears", code="1101"), LookUpFailed("502")])
def test_a_submission_that_can_never_be_looked_up_is_given_up_at_the_deadline(
    pipeline: Pipeline, told: ProviderError
) -> None:
    """Neither answer nor look-up for a day: the job fails as lost, hold and slot come back, and it is counted."""
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    pipeline.provider.look_up_script = [told] * 10
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds)
    pipeline.dispatch(job_id)
    assert pipeline.job(job_id).status is Status.SUBMITTING
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    pipeline.dispatch(job_id)
    job = pipeline.job(job_id)
    assert job.error
    assert (job.status, job.error.code, pipeline.left(), pipeline.free()) == (
        Status.FAILED,
        "provider_lost",
        Decimal(100),
        2,
    )
    assert pipeline.telemetry.counts["ProviderLost"] == 1


def test_a_hint_read_too_late_is_passed_on_whole(pipeline: Pipeline) -> None:
    """Where no call to Kling fits any more, none is begun: the next dispatcher is told the same, the job included."""
    job_id = pipeline.submit().job_id
    pipeline.provider.script = [OutcomeUnknown("silence")]
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    looked_up = pipeline.provider.look_ups
    pipeline.hints.sent.clear()
    assert pipeline.dispatching.dispatch(Hint(LANE, "acme", job_id), pipeline.clock.now_ms()) == 0
    assert pipeline.hints.sent == [(LANE, "acme", job_id, 0)]
    assert pipeline.provider.look_ups == looked_up
