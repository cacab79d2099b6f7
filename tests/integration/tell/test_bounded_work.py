"""How much is done at a time, and what the repair leaves alone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from reelwright.domain.delivery import Delivery
from reelwright.use_cases.tell.announce import TOGETHER
from reelwright.use_cases.tell.ports import Deliveries, DeliveryKey, Due
from reelwright.use_cases.tell.repair import HALF_MS
from tests.integration.tell.told import URL, cancel_all
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling


@pytest.mark.parametrize("slow", ["update_item", "delete_item"], ids=["deliveries", "events"])
def test_neither_half_of_the_repair_takes_the_others_time(telling: Telling, pipeline: Pipeline, slow: str) -> None:
    """Each call takes five seconds: either half stops after twenty, nothing is lost, and the next minutes go on."""
    endpoint, _ = telling.managing.create("acme", URL)
    cancel_all(pipeline, 15)
    telling.announcing.announce(telling.in_outbox())
    telling.messages.waiting.clear()
    cancel_all(pipeline, 15)
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
    cancel_all(pipeline)
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
    cancel_all(pipeline)
    telling.announcing.announce(telling.in_outbox())
    telling.run(7_200)
    repaired = telling.telemetry.counts["WebhookTried"] - 9
    assert repaired > 0
    assert set(telling.messages.groups) == {"acme"}


def test_a_shard_that_does_not_answer_keeps_no_event_waiting(telling: Telling, pipeline: Pipeline) -> None:
    """The index of what is due is throttled: it is told of, and events are announced all the same."""
    cancel_all(pipeline)
    telling.clock.advance(61)

    def due(shard: int, now_ms: int, limit: int) -> tuple[Due, ...]:
        raise TimeoutError(shard, now_ms, limit)

    deliveries: Any = SimpleNamespace(due=due)
    assert replace(telling.repairing, deliveries=deliveries).repair() == 1
    assert telling.telemetry.counts["RepairFailed"] == 4
    assert len(telling.events.published) == 1
