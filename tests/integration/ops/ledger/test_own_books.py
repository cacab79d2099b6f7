"""The ledger's check finds every kind of difference in our own books, and none where there is none."""

import json
from collections.abc import Callable

import pytest

from reelwright.domain.job import Job
from tests.integration.ops.ledger.checking import checked, number
from tests.integration.ops.office import MONTH, Office

Spoil = Callable[[Office, Job, Job], None]
LEDGER, ACME = f"LEDGER#acme#{MONTH}", "TENANT#acme"
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
