"""Every kind of callback, in every state of its job: what it may change (fault model, callback cases)."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from reelwright.domain.errors import NotFound
from reelwright.domain.provider_errors import OutcomeUnknown, OverCapacity
from reelwright.domain.signals import CopyFailed
from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline

PARKED = "the token of the waiting execution"
NEWS = frozenset({"callback_ms", "version"})
"""All that a callback may write: that there is something to look up."""

Row = Mapping[str, Any]


def queued(pipeline: Pipeline) -> str:
    """Put back, so that its first attempt has an address already."""
    pipeline.provider.script = [OverCapacity("full", code="1303")]
    job_id = pipeline.submit(expires_in_seconds=120).job_id
    pipeline.dispatch()
    return job_id


def submitting(pipeline: Pipeline) -> str:
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    return job_id


def generating(pipeline: Pipeline) -> str:
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    return job_id


def finalizing(pipeline: Pipeline) -> str:
    job_id = generating(pipeline)
    pipeline.provider.finish(f"{job_id}-1")
    pipeline.copier.failures = 1
    with pytest.raises(CopyFailed):
        pipeline.finalizing.finalize(job_id, 1)
    return job_id


def succeeded(pipeline: Pipeline) -> str:
    job_id = finalizing(pipeline)
    pipeline.finalizing.finalize(job_id, 1)
    return job_id


def failed(pipeline: Pipeline) -> str:
    job_id = generating(pipeline)
    pipeline.provider.fail(f"{job_id}-1", "no")
    pipeline.finalizing.finalize(job_id, 1)
    return job_id


def canceled(pipeline: Pipeline) -> str:
    job_id = queued(pipeline)
    pipeline.canceling.cancel("acme", job_id)
    return job_id


def expired(pipeline: Pipeline) -> str:
    job_id = queued(pipeline)
    pipeline.clock.advance(120)
    pipeline.dispatch()
    return job_id


STATES: tuple[Callable[[Pipeline], str], ...] = (
    queued,
    submitting,
    generating,
    finalizing,
    succeeded,
    failed,
    canceled,
    expired,
)
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
