"""What Kling deducts for any attempt is captured: for failures, reruns and jobs that are lost too."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from reelwright.adapters.aws.table.job_rows import from_item, to_item
from reelwright.domain.attempt import deducted
from reelwright.domain.job import Job
from reelwright.domain.signals import CopyFailed
from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline

FLAW = "internal error"


@pytest.fixture
def again(pipeline: Pipeline) -> Pipeline:
    """A pipeline that runs failed jobs a second time."""
    return Pipeline(pipeline.client, pipeline.table, policy=replace(pipeline.policy, max_attempts=2))


def failed_once(again: Pipeline, units: str = "0.7") -> str:
    """A job whose first attempt failed and was charged, back in the queue."""
    job_id = again.submit().job_id
    again.dispatch(job_id)
    again.provider.fail(f"{job_id}-1", FLAW, units)
    assert again.finalizing.finalize(job_id, 1) == Status.QUEUED
    return job_id


def rerun_finishes(again: Pipeline, job_id: str) -> None:
    again.dispatch(job_id)
    again.provider.finish(f"{job_id}-2", "1.5")
    again.finalizing.finalize(job_id, 2)


def rerun_fails(again: Pipeline, job_id: str) -> None:
    again.dispatch(job_id)
    again.provider.fail(f"{job_id}-2", FLAW, "1.5")
    again.finalizing.finalize(job_id, 2)


def rerun_does_not_tell(again: Pipeline, job_id: str) -> None:
    again.dispatch(job_id)
    again.provider.finish(f"{job_id}-2", None)
    again.finalizing.finalize(job_id, 2)


def rerun_is_lost(again: Pipeline, job_id: str) -> None:
    again.dispatch(job_id)
    again.clock.advance(again.policy.provider_deadline_seconds)
    again.polling.poll(job_id, 2)


def canceled_before_the_rerun(again: Pipeline, job_id: str) -> None:
    again.canceling.cancel("acme", job_id)


def expired_before_the_rerun(again: Pipeline, job_id: str) -> None:
    again.clock.advance(again.policy.queue_deadline_seconds)
    again.dispatch(job_id)


ENDS: dict[Callable[[Pipeline, str], None], str] = {
    rerun_finishes: "2.2",
    rerun_fails: "2.2",
    rerun_does_not_tell: "2.2",
    rerun_is_lost: "0.7",
    canceled_before_the_rerun: "0.7",
    expired_before_the_rerun: "0.7",
}


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_what_the_failed_attempt_cost_is_captured_however_the_job_ends(
    again: Pipeline, end: Callable[[Pipeline, str], None]
) -> None:
    """The sum over all attempts leaves the budget, and nothing stays held."""
    job_id = failed_once(again)
    end(again, job_id)
    job = again.job(job_id)
    assert (job.captured, job.held, job.status.terminal) == (Decimal(ENDS[end]), Decimal(0), True)
    assert again.left() == Decimal(100) - Decimal(ENDS[end])


def test_an_attempt_of_an_older_row_counts_as_nothing(again: Pipeline) -> None:
    """Rows written before failures' prices were kept have no such field."""
    job = again.job(failed_once(again))
    row = to_item(job)
    del row["attempts"]["L"][0]["M"]["deduction"]
    assert deducted(from_item(row).attempts) == Decimal(0)


@pytest.mark.parametrize(("told", "captured"), [(None, "2"), ("0", "0"), ("1", "1")])
def test_a_success_that_turns_into_a_failure_costs_what_was_told_last(
    pipeline: Pipeline, told: str | None, captured: str
) -> None:
    """Its price was recorded: it stands until Kling names another one."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.finish(f"{job_id}-1", "2")
    pipeline.copier.failures = 1
    with pytest.raises(CopyFailed):
        pipeline.finalizing.finalize(job_id, 1)
    pipeline.provider.fail(f"{job_id}-1", FLAW, told)
    assert pipeline.finalizing.finalize(job_id, 1) == Status.FAILED
    assert pipeline.job(job_id).captured == Decimal(captured)


def test_a_failure_after_the_jobs_time_keeps_its_reason(again: Pipeline) -> None:
    """It would only expire in the queue: it fails with what Kling said, and what Kling took is captured."""
    job_id = again.submit(expires_in_seconds=120).job_id
    again.dispatch(job_id)
    again.provider.fail(f"{job_id}-1", "Failure to pass the risk control system", "0.7")
    again.clock.advance(120)
    assert again.finalizing.finalize(job_id, 1) == Status.FAILED
    job = again.job(job_id)
    assert _reason(job) == ("content_refused", Decimal("0.7"))


def test_a_job_that_finalize_gives_up_is_counted_as_lost(pipeline: Pipeline) -> None:
    """Like one that poll or dispatch gives up."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.provider_deadline_seconds)
    assert pipeline.finalizing.finalize(job_id, 1) == Status.FAILED
    assert (_reason(pipeline.job(job_id))[0], pipeline.telemetry.counts["ProviderLost"]) == ("provider_lost", 1)


def _reason(job: Job) -> tuple[str, Decimal | None]:
    return (job.error.code if job.error else ""), job.captured
