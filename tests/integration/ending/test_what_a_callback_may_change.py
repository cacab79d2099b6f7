"""Every kind of callback, in every state of its job: what it may change (fault model, callback cases)."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from reelwright.domain.errors import NotFound
from reelwright.domain.status import Status
from tests.integration.ending.states import STATES
from tests.support.pipeline import Pipeline

PARKED = "the token of the waiting execution"
NEWS = frozenset({"callback_ms", "version"})
"""All that a callback may write: that there is something to look up."""
Row = Mapping[str, Any]
CASES: dict[str, tuple[tuple[str, bytes], ...]] = {
    "a genuine end": (("good.{job}-1", b"end"),),
    "a genuine end, repeated": (("good.{job}-1", b"end"),) * 3,
    "genuine, no end": (("good.{job}-1", b"processing"),),
    "genuine, no sense": (("good.{job}-1", b"\xff{"),),
    "forged": (("bad.{job}-1", b"end"),),
    "of an unknown job": (("good.job_nobody-1", b"end"),),
    "of another attempt": (("good.{job}-2", b"end"),),
}
NOTED = frozenset({"a genuine end", "a genuine end, repeated"})


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_callback_changes_at_most_that_there_is_news(
    pipeline: Pipeline, state: Callable[[Pipeline], str], case: str
) -> None:
    """A genuine end of a task that may run marks the row and wakes its execution; nothing else changes anything."""
    job_id = state(pipeline)
    status = pipeline.job(job_id).status
    _park(pipeline, job_id, status)
    before, looks, told = _rows(pipeline), pipeline.provider.look_ups, len(pipeline.hints.sent)
    for address, body in CASES[case]:
        _receive(pipeline, address.format(job=job_id), body)
    noted = case in NOTED and status in {Status.SUBMITTING, Status.GENERATING}
    assert _changed(before, _rows(pipeline)) == ({f"JOB#{job_id} JOB": NEWS} if noted else {})
    assert set(pipeline.workflows.tokens) == ({PARKED} if noted and status is Status.GENERATING else set())
    assert (pipeline.provider.look_ups, len(pipeline.hints.sent)) == (looks, told)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_each_state_is_what_it_is_called(pipeline: Pipeline, state: Callable[[Pipeline], str]) -> None:
    """And together they are all."""
    assert pipeline.job(state(pipeline)).status == state.__name__
    assert {one.__name__ for one in STATES} == set(Status)


def _receive(pipeline: Pipeline, address: str, body: bytes) -> None:
    """Deliver; an address that is not ours does not exist."""
    if address.startswith("good."):
        pipeline.calling_back.receive(address, {}, body)
        return
    with pytest.raises(NotFound):
        pipeline.calling_back.receive(address, {}, body)


def _park(pipeline: Pipeline, job_id: str, status: Status) -> None:
    """As the state machine does while a task runs."""
    if status is Status.GENERATING:
        pipeline.client.update_item(
            TableName=pipeline.table,
            Key={"pk": {"S": f"JOB#{job_id}"}, "sk": {"S": "JOB"}},
            UpdateExpression="SET task_token = :token",
            ExpressionAttributeValues={":token": {"S": PARKED}},
        )


def _rows(pipeline: Pipeline) -> dict[str, Row]:
    """The whole table."""
    items = pipeline.client.scan(TableName=pipeline.table)["Items"]
    return {f"{item['pk']['S']} {item['sk']['S']}": item for item in items}


def _changed(before: Mapping[str, Row], after: Mapping[str, Row]) -> dict[str, frozenset[str]]:
    """The attributes that differ, by row."""
    assert before.keys() == after.keys()
    differing = {key: _differing(row, after[key]) for key, row in before.items()}
    return {key: names for key, names in differing.items() if names}


def _differing(before: Row, after: Row) -> frozenset[str]:
    return frozenset(name for name in {*before, *after} if before.get(name) != after.get(name))
