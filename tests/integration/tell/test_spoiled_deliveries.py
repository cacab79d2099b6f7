"""A delivery's row that somebody spoiled: one dead letter, and nothing else stands still for it."""

from decimal import Decimal
from typing import Any

import pytest

from reelwright.domain.delivery import Delivery
from reelwright.domain.errors import Conflict, Unreadable
from reelwright.use_cases.tell.ports import DeliveryKey
from tests.support.telling import HOUR, Telling

URL = "https://hooks.example/one"
GONE: Any = None


def spoil(telling: Telling, one: Delivery, field: str, value: Any) -> None:
    """Write or remove a field of its row."""
    key = {"pk": {"S": f"ENDPOINT#{one.endpoint_id}"}, "sk": {"S": f"DELIVERY#{one.id}"}}
    row = telling.real.get_item(TableName=telling.name, Key=key)["Item"]
    row.pop(field)
    telling.real.put_item(TableName=telling.name, Item=row | ({field: value} if value else {}))


def lying(telling: Telling) -> list[DeliveryKey]:
    """Take every message, as a queue with one receive would; those that die there are given."""
    dead = []
    while (key := telling.messages.take()) is not None:
        try:
            telling.delivering.deliver(key)
        except Unreadable:
            dead.append(key)
    return dead


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("attempts", GONE),
        ("payload", GONE),
        ("type", {"S": "video.sold"}),
        ("next_ms", {"S": "soon"}),
        ("created_ms", {"S": "then"}),
        ("id", {"S": "dlv_of_another"}),
        ("attempts", {"L": [{"M": {"nothing": {"N": "1"}}}]}),
        ("attempts", {"N": "1"}),
    ],
)
def test_it_dies_once_and_is_not_brought_back(telling: Telling, field: str, value: Any) -> None:
    """Told and counted once, however often its message comes; the minute's repair leaves it alone for ever."""
    made, _ = telling.managing.create("acme", URL)
    spoiled = telling.by_wish.test("acme", made.id)
    spoil(telling, spoiled, field, value)
    key = DeliveryKey(made.id, spoiled.id)
    for _ in range(3):
        with pytest.raises(Unreadable):
            telling.delivering.deliver(key)
    assert telling.telemetry.counts["WebhookGivenUp"] == 1
    telling.messages.waiting.clear()
    for _ in range(5):
        telling.clock.advance(HOUR)
        telling.repairing.repair()
    assert lying(telling) == []
    assert telling.receiver.posts == []


def test_one_without_a_tenant_is_brought_once_and_dies(telling: Telling) -> None:
    """The minute's repair finds it before any message did, and sends it on though it is nobody's."""
    made, _ = telling.managing.create("acme", URL)
    spoiled = telling.by_wish.test("acme", made.id)
    telling.messages.waiting.clear()
    spoil(telling, spoiled, "tenant", GONE)
    died = []
    for _ in range(5):
        telling.clock.advance(HOUR)
        telling.repairing.repair()
        died += lying(telling)
    assert died == [DeliveryKey(made.id, spoiled.id)]
    assert "RepairFailed" not in telling.telemetry.counts


def test_a_row_that_was_mended_goes_on(telling: Telling) -> None:
    """Its dead letter is redriven, and the schedule is kept from there on."""
    made, _ = telling.managing.create("acme", URL)
    sent = telling.by_wish.test("acme", made.id)
    spoil(telling, sent, "type", {"S": "video.sold"})
    (dead,) = lying(telling)
    spoil(telling, sent, "type", {"S": "webhook.test"})
    telling.receiver.answers[URL] = [500, 204]
    assert telling.delivering.deliver(dead) == "rejected"
    telling.run(10)
    assert telling.by_wish.delivery("acme", made.id, sent.id).status == "delivered"


def test_what_was_deferred_meanwhile_is_told_when_it_comes_again(telling: Telling) -> None:
    """The row moved between the look and the write: nothing is written over."""
    made, _ = telling.managing.create("acme", URL)
    sent = telling.by_wish.test("acme", made.id)
    spoil(telling, sent, "type", {"S": "video.sold"})
    real = telling.real.put_item
    key = {"pk": {"S": f"ENDPOINT#{made.id}"}, "sk": {"S": f"DELIVERY#{sent.id}"}}

    def late(name: str, act: Any) -> Any:
        if name == "put_item":
            row = telling.real.get_item(TableName=telling.name, Key=key)["Item"]
            real(TableName=telling.name, Item=row | {"due_ms": {"N": str(Decimal(row["due_ms"]["N"]) + 1)}})
        return act()

    telling.seam.perform = late
    assert not telling.deliveries.shelve(DeliveryKey(made.id, sent.id))
    telling.seam.perform = lambda _name, act: act()
    assert telling.deliveries.shelve(DeliveryKey(made.id, sent.id))
    assert not telling.deliveries.shelve(DeliveryKey(made.id, sent.id))
    assert not telling.deliveries.shelve(DeliveryKey(made.id, "dlv_nothing"))


def test_the_log_goes_on_without_it(telling: Telling) -> None:
    """Every other delivery is on exactly one page; a replay of the spoiled one is refused in words."""
    made, _ = telling.managing.create("acme", URL)
    sent = []
    for _ in range(5):
        sent.append(telling.by_wish.test("acme", made.id))
        telling.clock.advance(1)
    for one in (sent[1], sent[4]):
        spoil(telling, one, "payload", GONE)
    seen: list[str] = []
    before = None
    while True:
        page = telling.by_wish.deliveries("acme", made.id, 2, before)
        seen += [one.id for one in page.deliveries]
        if (before := page.next_id) is None:
            break
    assert seen == [sent[number].id for number in (3, 2, 0)]
    with pytest.raises(Conflict):
        telling.by_wish.replay("acme", made.id, sent[1].id)
