"""A price that Kling tells late, or no more."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reelwright.domain import moves
from reelwright.domain.signals import CopyFailed
from reelwright.domain.task import Task, TaskStatus
from tests.support.pipeline import Pipeline


@pytest.mark.parametrize(("units", "captured"), [("2.5", "2.5"), (None, "1.5")])
def test_a_price_that_is_told_late_is_captured(pipeline: Pipeline, units: str | None, captured: str) -> None:
    """The first look-up names none; one before the copy that works does, or none ever: then it is the estimate."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.provider.finish(f"{job_id}-1", None)
    pipeline.copier.failures = 1
    with pytest.raises(CopyFailed):
        pipeline.finalizing.finalize(job_id, 1)
    pipeline.provider.finish(f"{job_id}-1", units)
    pipeline.finalizing.finalize(job_id, 1)
    assert pipeline.job(job_id).captured == Decimal(captured)


def test_no_price_forgets_none_that_was_told(pipeline: Pipeline) -> None:
    """A later look-up without a price leaves the recorded one."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    job = moves.priced(pipeline.job(job_id), _task("2"))
    assert moves.priced(job, _task(None)).attempt.deduction == Decimal(2)


def _task(units: str | None) -> Task:
    task = Task("t1", "job-1", TaskStatus.SUCCEEDED)
    return replace(task, deduction=Decimal(units)) if units else task
