"""Money where something changes between a job's hold and its end: the month, or the operator's plan."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reelwright.domain.errors import OverBudget, TenantSuspended
from reelwright.domain.status import Status
from reelwright.domain.times import month, month_bounds
from tests.support.pipeline import Pipeline

SEPTEMBER, OCTOBER = "2026-09", "2026-10"
NOTHING = (Decimal(0), Decimal(0))


@pytest.fixture
def late(pipeline: Pipeline) -> str:
    """A job that is at Kling when its month ends."""
    pipeline.clock.at_ms = month_bounds(SEPTEMBER)[1] - 1000
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.clock.advance(60)
    assert month(pipeline.clock.now_ms()) == OCTOBER
    return job_id


def spent(pipeline: Pipeline, which: str) -> tuple[Decimal, Decimal]:
    """Held and captured in a month."""
    usage = pipeline.tenants.usage(pipeline.tenants.get("acme"), which)
    return usage.held, usage.captured


def succeeds(pipeline: Pipeline, job_id: str, units: str) -> None:
    """Kling ends the task and says what it cost."""
    pipeline.provider.finish(f"{job_id}-1", units)
    pipeline.finalizing.finalize(job_id, 1)
    assert pipeline.job(job_id).status is Status.SUCCEEDED


def test_a_success_is_captured_in_the_month_that_held_it(pipeline: Pipeline, late: str) -> None:
    """The next month knows nothing of it, and its whole budget is there."""
    assert spent(pipeline, SEPTEMBER) == (Decimal("1.5"), Decimal(0))
    succeeds(pipeline, late, "2.5")
    assert (spent(pipeline, SEPTEMBER), spent(pipeline, OCTOBER)) == ((Decimal(0), Decimal("2.5")), NOTHING)
    assert pipeline.left() == Decimal(100)


def test_a_failure_releases_what_the_old_month_held(pipeline: Pipeline, late: str) -> None:
    """Nothing stays held in either, nor is given to the new one."""
    pipeline.provider.fail(f"{late}-1", "no")
    pipeline.finalizing.finalize(late, 1)
    assert (spent(pipeline, SEPTEMBER), spent(pipeline, OCTOBER), pipeline.left()) == (NOTHING, NOTHING, Decimal(100))


def test_a_budget_lowered_below_what_is_held_ends_no_job(pipeline: Pipeline) -> None:
    """What is under way is captured to the last digit; nothing is admitted until the plan covers it again."""
    pipeline.tenant(units="3")
    first, second = (pipeline.submit().job_id for _ in range(2))
    pipeline.dispatch()
    pipeline.tenant(units="2")
    with pytest.raises(OverBudget):
        pipeline.submit()
    succeeds(pipeline, first, "1.300001")
    with pytest.raises(OverBudget):
        pipeline.submit()
    pipeline.tenant(units="4.300001")
    pipeline.submit()
    succeeds(pipeline, second, "1.5")
    assert spent(pipeline, "2026-09") == (Decimal("1.5"), Decimal("2.800001"))
    assert pipeline.left() == Decimal(0)


def test_a_deduction_beyond_the_budget_is_captured_and_stops_admission(pipeline: Pipeline) -> None:
    """It is paid; and the debt is counted when the plan is raised."""
    pipeline.tenant(units="2")
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    succeeds(pipeline, job_id, "3.5")
    assert pipeline.left() == Decimal("-1.5")
    pipeline.tenant(units="4.9")
    with pytest.raises(OverBudget):
        pipeline.submit()
    pipeline.tenant(units="5")
    pipeline.submit()


def test_a_suspended_tenants_jobs_come_to_their_ends(pipeline: Pipeline) -> None:
    """Nothing new is admitted; what was promised is made, and paid."""
    running, waiting = (pipeline.submit().job_id for _ in range(2))
    pipeline.dispatch(running)
    pipeline.tenants.put(replace(pipeline.tenants.get("acme"), suspended=True))
    with pytest.raises(TenantSuspended):
        pipeline.submit()
    pipeline.dispatch()
    for job_id in (running, waiting):
        succeeds(pipeline, job_id, "1.5")
