"""The ledger's check finds every kind of difference, and none where there is none."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from reelwright.domain.job import Job
from reelwright.use_cases.ops.differences import Difference
from reelwright.use_cases.ops.kling_books import Deduction
from reelwright.use_cases.ops.kling_differences import kling_differences
from tests.integration.ops.office import MONTH, Office

Spoil = Callable[[Office, Job, Job], None]
LEDGER, ACME = f"LEDGER#acme#{MONTH}", "TENANT#acme"


def number(value: str) -> dict[str, str]:
    return {"N": value}


SPOILED: dict[str, Spoil] = {
    "entry-without-hold": lambda office, over, _: office.delete(ACME, f"HOLD#{over.id}"),
    "hold-without-entry": lambda office, over, _: office.delete(LEDGER, f"{over.id}#hold"),
    "hold-units": lambda office, over, _: office.change(LEDGER, f"{over.id}#hold", units=number("1.6")),
    "settled-twice-or-early": lambda office, over, _: office.change(ACME, f"HOLD#{over.id}", state={"S": "open"}),
    "closed-without-one-end": lambda office, over, _: office.delete(LEDGER, f"{over.id}#capture"),
    "captured-units": lambda office, over, _: office.change(LEDGER, f"{over.id}#capture", units=number("0.1")),
    "released-units": lambda office, over, _: office.change(LEDGER, f"{over.id}#capture", released=number("9")),
    "money-without-job": lambda office, over, _: office.delete(f"JOB#{over.id}", "JOB"),
    "estimate": lambda office, over, _: office.change(f"JOB#{over.id}", "JOB", estimated=number("4")),
    "hold-state": lambda office, _, alive: office.change(f"JOB#{alive.id}", "JOB", status={"S": "failed"}),
    "job-held": lambda office, _, alive: office.change(f"JOB#{alive.id}", "JOB", held=number("0")),
    "job-captured": lambda office, over, _: office.change(f"JOB#{over.id}", "JOB", captured=number("1.49999")),
    "balance-missing": lambda office, *_: office.delete(ACME, f"BUDGET#{MONTH}"),
    "balance-held": lambda office, *_: office.change(ACME, f"BUDGET#{MONTH}", held=number("1.500001")),
    "balance-captured": lambda office, *_: office.change(ACME, f"BUDGET#{MONTH}", captured=number("0")),
    "balance-available": lambda office, *_: office.change(ACME, f"BUDGET#{MONTH}", available=number("97.1")),
}


def without_money(office: Office, over: Job, _: Job) -> None:
    for operation in ("hold", "capture"):
        office.delete(LEDGER, f"{over.id}#{operation}")
    office.delete(ACME, f"HOLD#{over.id}")


SPOILED["job-without-hold"] = without_money


def checked(office: Office) -> tuple[Difference, ...]:
    return office.box.ledger.check(MONTH)


def test_honest_books_have_no_difference(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Jobs of every end and jobs under way: nothing to name, exit 0."""
    office.succeeded()
    office.succeeded("2.25")
    failed = office.pipeline.submit().job_id
    office.pipeline.dispatch(failed)
    office.pipeline.provider.fail(f"{failed}-1", "risk control")
    office.pipeline.finalizing.finalize(failed, 1)
    office.pipeline.canceling.cancel("acme", office.pipeline.submit().job_id)
    office.pipeline.submit()
    assert office.run("ledger check") == 0
    assert f"{MONTH}: 0 differences; Kling's ledger included" in capsys.readouterr().out


@pytest.mark.parametrize("kind", sorted(SPOILED))
def test_every_kind_of_difference_is_found(office: Office, kind: str) -> None:
    """One row is spoiled, and the check names just that."""
    over = office.succeeded()
    alive = office.pipeline.job(office.pipeline.submit().job_id)
    SPOILED[kind](office, over, alive)
    assert kind in {one.kind for one in checked(office)}
    assert office.run("ledger check --without-kling") == 1


def test_a_difference_is_told_to_the_last_digit(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """No rounding anywhere."""
    over = office.succeeded()
    office.change(f"JOB#{over.id}", "JOB", captured=number("1.4999999999999999999"))
    office.run("ledger check --without-kling --json")
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert row == {
        "difference": "job-captured",
        "tenant": "acme",
        "about": over.id,
        "expected": "1.5",
        "found": "1.4999999999999999999",
    }


def with_kling(office: Office) -> dict[str, tuple[str, str, str]]:
    found = office.box.ledger.check_with_kling(MONTH)
    return {one.kind: (one.subject, one.expected, one.found) for one in found}


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


def test_money_that_moves_while_it_is_read_is_read_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job admitted between two reads gives no false alarm."""
    office.succeeded()
    records: Any = office.box.records
    read = records.jobs
    moved: list[str] = []

    def jobs(job_ids: Any) -> Any:
        if len(moved) < 2:
            moved.append(office.pipeline.submit().job_id)
        return read(job_ids)

    monkeypatch.setattr(records, "jobs", jobs)
    assert checked(office) == ()
    assert len(moved) == 2


def test_money_that_never_rests_is_no_verdict(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Better no answer than a wrong one: exit 4."""
    records: Any = office.box.records
    read = records.jobs
    monkeypatch.setattr(records, "jobs", lambda ids: (office.pipeline.submit(), read(ids))[1])
    assert office.run("ledger check --without-kling") == 4


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


def test_the_export_holds_every_entry(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """As CSV and as JSON, amounts as plain decimals."""
    over = office.succeeded()
    office.run("ledger export")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "tenant,month,job,operation,units,released,estimated,at"
    assert [line.split(",")[2:6] for line in lines[1:]] == [
        [over.id, "capture", "1.5", "0"],
        [over.id, "hold", "1.5", "0"],
    ]
    office.run("ledger export --json")
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 2
