"""Rows that cannot be read, in the outbox and among the endpoints: they are told of, and hold up nothing else."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from reelwright.domain.event import EventType
from reelwright.use_cases.tell.ports import Outbox, Overdue
from reelwright.use_cases.tell.repair import NAMED, OUTBOX_BATCH
from tests.support.fakes import START_MS
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling

URL = "https://hooks.example/one"


def _cancel(pipeline: Pipeline) -> str:
    job = pipeline.submit().job_id
    pipeline.canceling.cancel("acme", job)
    return f"evt_{job.removeprefix('job_')}_canceled"


def _spoil(telling: Telling, shard: int, number: int) -> str:
    """An event of a type that this version does not know, a minute older than all; its key as it is logged."""
    pk, sk = f"OUTBOX#{shard}", f"{START_MS - 60_000 + number:015d}#evt_{number}"
    values = {"id": f"evt_{number}", "type": "video.remixed", "tenant": "acme"}
    row: dict[str, Any] = {name: {"S": value} for name, value in (values | {"pk": pk, "sk": sk}).items()}
    row |= {"at_ms": {"N": str(START_MS - 60_000 + number)}, "data": {"M": {}}}
    telling.real.put_item(TableName=telling.name, Item=row)
    return f"{pk}/{sk}"


def test_rows_that_cannot_be_read_hold_up_no_event(telling: Telling, pipeline: Pipeline) -> None:
    """More of them than one look asks for, older than every event, in every part: all events are told."""
    events = {_cancel(pipeline) for _ in range(12)}
    spoiled = [_spoil(telling, shard, number) for number in range(OUTBOX_BATCH + 3) for shard in range(4)]
    telling.clock.advance(61)
    assert telling.repairing.repair() == 12
    assert set(telling.events.ids()) == events
    assert len(telling.rows("OUTBOX#")) == len(spoiled)
    assert telling.telemetry.counts["RepairFailed"] == len(spoiled)


def test_their_age_is_told_and_their_keys_are_logged(telling: Telling, pipeline: Pipeline) -> None:
    """So the alarm rings, and whoever comes finds them; a thousand of them do not fill the log."""
    spoiled = [_spoil(telling, 2, number) for number in range(NAMED + 5)]
    _cancel(pipeline)
    telling.clock.advance(900)
    telling.repairing.repair()
    telling.repairing.repair()
    assert telling.telemetry.measured["OutboxAgeSeconds"] == [960, 960]
    assert telling.telemetry.troubles[:NAMED] == [("no event", {"row": key}) for key in spoiled[:NAMED]]
    assert len(telling.telemetry.troubles) == 2 * NAMED


@dataclass
class Deaf:
    """An outbox of which one part does not answer."""

    outbox: Outbox
    shard: int

    def overdue(self, shard: int, before_ms: int, limit: int) -> Overdue:
        if shard == self.shard:
            raise TimeoutError
        return self.outbox.overdue(shard, before_ms, limit)

    def published(self, events: object) -> None:
        raise NotImplementedError


def test_no_age_is_told_while_a_part_does_not_answer(telling: Telling, pipeline: Pipeline) -> None:
    """It might hold the oldest: the alarm takes silence for bad news. The other parts' events are told."""
    for _ in range(12):
        _cancel(pipeline)
    telling.clock.advance(61)
    left = [row for row in telling.rows("OUTBOX#") if row["pk"]["S"] == "OUTBOX#1"]
    assert 0 < len(left) < 12
    repairing = replace(telling.repairing, outbox=Deaf(telling.outbox, 1))
    assert repairing.repair() == 12 - len(left)
    assert "OutboxAgeSeconds" not in telling.telemetry.measured
    assert telling.rows("OUTBOX#") == left


@pytest.mark.parametrize("changes", [{"theme": {"S": "dark"}}, {"events": {"L": [{"S": "video.remixed"}]}}])
def test_an_endpoint_that_cannot_be_read_holds_up_nobody(
    telling: Telling, pipeline: Pipeline, changes: dict[str, object]
) -> None:
    """Its events are given up, not published again each minute; the tenant's other endpoint has them."""
    bad, _ = telling.managing.create("acme", "https://hooks.example/newer")
    telling.managing.create("acme", URL)
    (row,) = (one for one in telling.rows("TENANT#acme") if one["sk"]["S"].endswith(bad.id))
    telling.real.put_item(TableName=telling.name, Item=row | changes)
    event = _cancel(pipeline)
    assert telling.announcing.announce(telling.in_outbox()) == frozenset()
    telling.work()
    telling.run(300)
    assert telling.receiver.ids(URL) == [event]
    assert telling.events.ids() == [event]
    assert telling.in_outbox() == ()
    assert telling.telemetry.counts["WebhookGivenUp"] == 1
    assert telling.telemetry.troubles == [("endpoint not read", {"endpoint": bad.id, "event": event})]


def test_known_types_are_still_read(telling: Telling) -> None:
    """The control of the rows above: only their type is strange."""
    _spoil(telling, 0, 1)
    (row,) = telling.rows("OUTBOX#0")
    telling.real.put_item(TableName=telling.name, Item=row | {"type": {"S": EventType.FAILED.value}})
    telling.clock.advance(61)
    assert [event.id for event in telling.outbox.overdue(0, telling.clock.now_ms(), 5).events] == ["evt_1"]
