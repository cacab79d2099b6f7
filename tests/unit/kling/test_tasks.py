from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.kling.tasks import read_task
from reelwright.domain.task import Task, TaskStatus
from tests.support.scripted_kling import record

URL = "https://cdn.example.com/a.mp4"
RESULT = {"videos": [{"id": "v", "url": URL, "duration": "5.041"}]}


def read(**changes: object) -> Task:
    """The record, with changes, as a task."""
    task = read_task(record(**changes), "r2")
    assert task is not None
    return task


def test_a_finished_task_tells_result_and_price() -> None:
    """Success, address, what was deducted, when, and the request id."""
    task = read(task_status="succeed", task_result=RESULT, final_unit_deduction="4")
    assert task == Task("8930", "job_1-1", TaskStatus.SUCCEEDED, "", (URL,), Decimal(4), 1760000000000, "r2")


def test_a_failed_task_tells_why() -> None:
    """The only place of the reason is the record itself."""
    task = read(task_status="failed", task_status_msg="Failure to pass the risk control system")
    assert (task.status, task.message) == (TaskStatus.FAILED, "Failure to pass the risk control system")


@pytest.mark.parametrize("word", ["submitted", "processing", "queued", "", None, 7, "SUCCEED", [], "cancelled"])
def test_unknown_words_are_no_end(word: Any) -> None:
    """Only the documented words end a task."""
    assert read(task_status=word, task_result=RESULT).status is TaskStatus.PROCESSING


@pytest.mark.parametrize(
    "result",
    [None, {}, [], {"videos": None}, {"videos": []}, {"videos": [None, 1, {}]}, {"videos": [{"url": ""}]},
     {"videos": [{"url": 5}]}, {"videos": [{"url": "file:///etc/passwd"}]},
     {"videos": [{"url": "https://" + "a" * 5000}]}],
)  # fmt: skip
def test_success_without_a_usable_video_has_no_results(result: Any) -> None:
    """The task has ended and is paid for; what is missing is told by emptiness, never by a broken address."""
    task = read(task_status="succeed", task_result=result)
    assert (task.status, task.results) == (TaskStatus.SUCCEEDED, ())


def test_two_videos_are_both_told() -> None:
    """In Kling's order."""
    task = read(task_status="succeed", task_result={"videos": [{"url": URL}, {"url": URL + "2"}]})
    assert task.results == (URL, URL + "2")


@pytest.mark.parametrize(
    ("given_value", "units"),
    [("4", Decimal(4)), ("2.4", Decimal("2.4")), (3, Decimal(3)), (Decimal("1.5"), Decimal("1.5")), ("0", Decimal(0)),
     ("", None), (None, None), (True, None), ("-1", None), ("NaN", None), ("Infinity", None), ("1e400", None),
     ("1e-9", None), ("four", None), ([], None), ("100001", None)],
)  # fmt: skip
def test_a_price_is_an_amount_or_nothing(given_value: Any, units: Decimal | None) -> None:
    """Money never comes from something that cannot be an amount."""
    assert read(final_unit_deduction=given_value).deduction == units


@pytest.mark.parametrize("ident", [None, "", {}, True])
def test_a_record_without_a_task_id_is_no_task(ident: Any) -> None:
    """There is nothing to adopt."""
    assert read_task(record(task_id=ident), "") is None


def test_a_numeric_task_id_is_read_as_text() -> None:
    """Kling's ids are digits; some client will send them bare."""
    assert read(task_id=8930).task_id == "8930"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["task_id", "task_status", "task_status_msg", "task_info", "task_result", "final_unit_deduction", "updated_at"]


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)))
def test_no_record_breaks_the_reader(fields: dict[str, Any]) -> None:
    """Any JSON in any field gives a task or None."""
    task = read_task(fields, "")
    assert task is None or task.task_id
