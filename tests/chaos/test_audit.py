"""The comparison of the books finds every kind of difference."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.chaos.audit import Seen, differences
from tests.chaos.books import Books

UNITS = Decimal("1.5")
JOB: dict[str, Any] = {
    "status": "succeeded",
    "cost": {"captured": {"units": "1.5"}},
    "attempts": [{"task_id": "t"}],
    "assets": [{"kind": "video", "sha256": "d"}],
}
BOOKS = Books({"job": "succeeded"}, (), (), (("job", "hold", UNITS), ("job", "capture", UNITS)), Decimal(0), UNITS)
GOOD = Seen(
    {"key": "job"}, {"job": JOB}, BOOKS, ({"task_id": "t", "ended": True},), {"t": UNITS}, {"job": "d"}, {"job": "d"}
)
TWICE = ({"task_id": "t", "ended": True}, {"task_id": "u", "ended": True})


def test_books_that_agree_show_no_difference() -> None:
    """Nothing is made up."""
    assert list(differences(GOOD)) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (replace(GOOD, promised={"key": "job", "other": "lost"}), "nobody was promised"),
        (replace(GOOD, promised={"key": "job", "other": "job"}), "same job"),
        (replace(GOOD, books=replace(BOOKS, statuses={"job": "finalizing"})), "still finalizing"),
        (replace(GOOD, jobs={"job": JOB | {"status": "failed"}}), "different things"),
        (replace(GOOD, tasks=TWICE), "nobody knows task u"),
        (replace(GOOD, tasks=()), "0 tasks at Kling"),
        (replace(GOOD, tasks=({"task_id": "t", "ended": False},)), "unfinished"),
        (replace(GOOD, units={"t": Decimal(2)}), "Kling deducted 2"),
        (replace(GOOD, books=replace(BOOKS, entries=BOOKS.entries[:1])), "ledger reads"),
        (replace(GOOD, books=replace(BOOKS, captured=Decimal(3))), "not what Kling deducted"),
        (replace(GOOD, books=replace(BOOKS, open_holds=("HOLD#job",))), "holds are open"),
        (replace(GOOD, books=replace(BOOKS, slots=("job-1",))), "slots are still leased"),
        (replace(GOOD, served={"job": "e"}), "differ"),
        (replace(GOOD, made={}), "differ"),
    ],
)
def test_each_difference_is_told(wrong: Seen, told: str) -> None:
    """One thing wrong in one of the accounts, and the run fails naming it."""
    assert any(told in line for line in differences(wrong))
