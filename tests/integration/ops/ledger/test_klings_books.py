"""The ledger's check finds what Kling deducted otherwise than we captured."""

from decimal import Decimal

import pytest

from reelwright.use_cases.ops.kling_books import Deduction
from reelwright.use_cases.ops.kling_differences import kling_differences
from tests.integration.ops.ledger.checking import checked, with_kling
from tests.integration.ops.office import MONTH, Office


def test_what_kling_deducted_otherwise_is_found(office: Office) -> None:
    """By task, rows of one task added up."""
    over = office.succeeded()
    office.billing.rows.append(Deduction(str(over.attempt.task_id), Decimal("0.01"), office.clock.at_ms))
    assert with_kling(office) == {"kling-deducted-other": (over.id, "1.5", "1.51")}


def test_what_kling_never_deducted_is_found(office: Office) -> None:
    """A capture without a row at Kling."""
    over = office.succeeded()
    office.billing.rows.clear()
    assert with_kling(office) == {"kling-deducted-nothing": (over.id, "1.5", "nothing")}


def test_a_task_of_nobody_is_found(office: Office) -> None:
    """Kling took units for a task that no job of ours has."""
    office.succeeded()
    office.billing.rows.append(Deduction("t99", Decimal(3), office.clock.at_ms))
    assert with_kling(office) == {"kling-unknown-task": ("t99", "nothing", "3")}
    assert office.run("ledger check") == 1


@pytest.mark.parametrize("times", [(None,), (None, 0), (0, None)], ids=["alone", "first", "second"])
def test_a_task_of_nobody_is_found_though_its_time_cannot_be_read(
    office: Office, times: tuple[int | None, ...]
) -> None:
    """It may have been taken in any month, so every month names it; its other rows excuse nothing."""
    rows = [Deduction("t99", Decimal(3), at_ms) for at_ms in times]
    found = tuple(kling_differences(MONTH, (), rows, office.clock.at_ms, office.clock.at_ms + 1))
    assert [(one.kind, one.subject) for one in found] == [("kling-unknown-task", "t99")]


def test_an_unpaid_job_of_this_month_may_be_deducted_in_the_next(office: Office) -> None:
    """Units are deducted at success: the check of a month looks beyond its end, and knows its neighbours' tasks."""
    office.clock.at_ms = 1_790_812_799_000  # the last second of September 2026
    job_id = office.pipeline.submit().job_id
    office.pipeline.dispatch(job_id)
    office.clock.advance(3600)
    office.pipeline.provider.finish(f"{job_id}-1", "1.5")
    office.pipeline.finalizing.finalize(job_id, 1)
    task = str(office.pipeline.job(job_id).attempt.task_id)
    office.billing.rows.append(Deduction(task, Decimal("1.5"), office.clock.at_ms))
    assert with_kling(office) == {}
    assert office.box.ledger.check_with_kling("2026-10") == ()
    assert checked(office) == office.box.ledger.check("2026-10") == ()
