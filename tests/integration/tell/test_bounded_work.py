"""How much is done at a time, what stays done when the process dies, and what the repair leaves alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from reelwright.domain.delivery import Delivery
from reelwright.use_cases.tell.announce import TOGETHER
from reelwright.use_cases.tell.ports import Deliveries, DeliveryKey, Due
from reelwright.use_cases.tell.repair import HALF_MS
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling

URL = "https://hooks.example/one"


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Last:
    """Lets so many effects of a name happen, and ends the process at the next."""

    name: str
    left: int

    def perform(self, name: str, act: Callable[[], Any]) -> Any:
        self.left -= name == self.name
        if self.left < 0:
            raise Killed
        return act()


def _cancel(pipeline: Pipeline, times: int = 1) -> None:
    for _ in range(times):
        pipeline.canceling.cancel("acme", pipeline.submit().job_id)


def test_what_is_told_is_forgotten_before_the_next_is_begun(telling: Telling, pipeline: Pipeline) -> None:
    """A process that dies leaves the repair ten at most to repeat: those before are gone, their deliveries begun."""
    telling.managing.create("acme", URL)
    _cancel(pipeline, 2 * TOGETHER + 3)
    events = telling.in_outbox()
    telling.seam.perform = Last("put_events", 2).perform
    with pytest.raises(Killed):
        telling.announcing.announce(events)
    assert telling.in_outbox() == events[2 * TOGETHER :]
    assert len(telling.events.published) == len(telling.messages.waiting) == 2 * TOGETHER


def test_each_event_is_forgotten_by_itself(telling: Telling, pipeline: Pipeline) -> None:
    """Dying at the third event's delivery leaves the third and those behind it."""
    telling.managing.create("acme", URL)
    _cancel(pipeline, 5)
    events = telling.in_outbox()
    telling.seam.perform = Last("put_item", 2).perform
    with pytest.raises(Killed):
        telling.announcing.announce(events)
    assert telling.in_outbox() == events[2:]


def test_an_event_that_cannot_be_forgotten_keeps_no_other(telling: Telling, pipeline: Pipeline) -> None:
    """The table refuses one deletion: that event stays, and is told as not announced."""
    _cancel(pipeline, 3)
    refused = [ConnectionError()]

    def perform(name: str, act: Callable[[], Any]) -> Any:
        if name == "delete_item" and refused:
            raise refused.pop()
        return act()

    telling.seam.perform = perform
    events = telling.in_outbox()
    assert telling.announcing.announce(events) == frozenset({events[0].id})
    assert telling.in_outbox() == events[:1]


@pytest.mark.parametrize("slow", ["update_item", "delete_item"], ids=["deliveries", "events"])
def test_neither_half_of_the_repair_takes_the_others_time(telling: Telling, pipeline: Pipeline, slow: str) -> None:
    """Each call takes five seconds: either half stops after twenty, nothing is lost, and the next minutes go on."""
    endpoint, _ = telling.managing.create("acme", URL)
    _cancel(pipeline, 15)
    telling.announcing.announce(telling.in_outbox())
    telling.messages.waiting.clear()
    _cancel(pipeline, 15)
    telling.clock.advance(200)

    def perform(name: str, act: Callable[[], Any]) -> Any:
        telling.clock.advance(5 if name == slow else 0)
        return act()

    telling.seam.perform = perform
    began = telling.clock.now_ms()
    telling.repairing.repair()
    took = telling.clock.now_ms() - began
    assert HALF_MS <= took <= HALF_MS + 5_000 * TOGETHER
    announced, brought = (15, 4) if slow == "update_item" else (10, 15)
    assert len(telling.in_outbox()) == 15 - announced
    assert len(telling.messages.waiting) == announced + brought
    telling.run(900)
    assert len(telling.by_wish.deliveries("acme", endpoint.id, 50).deliveries) == 30
    assert len(set(telling.receiver.ids(URL))) == 30


@dataclass
class Meanwhile:
    """Deliveries of which somebody else tries one between the look at the index and its turn."""

    deliveries: Deliveries
    act: Callable[[DeliveryKey], object]

    def due(self, shard: int, now_ms: int, limit: int) -> tuple[Due, ...]:
        found = self.deliveries.due(shard, now_ms, limit)
        for one in found:
            self.act(one.key)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.deliveries, name)


def test_what_was_tried_meanwhile_keeps_its_time(telling: Telling, pipeline: Pipeline) -> None:
    """Its next try is far away: the repair neither looks at it sooner nor sends a message that comes too early."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [503]
    _cancel(pipeline)
    telling.announcing.announce(telling.in_outbox())
    telling.run(600)
    telling.messages.waiting.clear()
    before = _only(telling, endpoint.id)
    assert before.due_ms is not None
    telling.clock.at_ms = before.due_ms
    deliveries: Any = Meanwhile(telling.deliveries, telling.delivering.deliver)
    assert replace(telling.repairing, deliveries=deliveries).repair() == 0
    after = _only(telling, endpoint.id)
    assert len(after.attempts) == len(before.attempts) + 1
    assert after.next_ms is not None
    assert after.next_ms - telling.clock.now_ms() > 3_600_000
    assert after.due_ms == after.next_ms
    assert telling.messages.waiting == []


def _only(telling: Telling, endpoint_id: str) -> Delivery:
    (found,) = telling.by_wish.deliveries("acme", endpoint_id, 2).deliveries
    return found


def test_messages_are_grouped_by_tenant_whoever_sends_them(telling: Telling, pipeline: Pipeline) -> None:
    """Many endpoints make no share larger: announcing, trying again and the repair name the tenant."""
    for _ in range(3):
        telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [500]
    _cancel(pipeline)
    telling.announcing.announce(telling.in_outbox())
    telling.run(7_200)
    repaired = telling.telemetry.counts["WebhookTried"] - 9
    assert repaired > 0
    assert set(telling.messages.groups) == {"acme"}


def test_a_shard_that_does_not_answer_keeps_no_event_waiting(telling: Telling, pipeline: Pipeline) -> None:
    """The index of what is due is throttled: it is told of, and events are announced all the same."""
    _cancel(pipeline)
    telling.clock.advance(61)

    def due(shard: int, now_ms: int, limit: int) -> tuple[Due, ...]:
        raise TimeoutError(shard, now_ms, limit)

    deliveries: Any = SimpleNamespace(due=due)
    assert replace(telling.repairing, deliveries=deliveries).repair() == 1
    assert telling.telemetry.counts["RepairFailed"] == 4
    assert len(telling.events.published) == 1
