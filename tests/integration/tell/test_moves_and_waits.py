"""What is seen at an address that is no longer the endpoint's, and receivers that ask for time."""

import pytest

from reelwright.domain.delivery import SCHEDULE_SECONDS
from tests.support.telling import HOUR, Telling

URL, NEW = "https://hooks.example/one", "https://hooks.example/two"
DAY = 24 * HOUR


@pytest.mark.parametrize("answer", [410, 500, "timeout"])
def test_an_answer_from_the_old_address_says_nothing_about_the_new_one(telling: Telling, answer: int | str) -> None:
    """Whatever it was, the endpoint stands as its tenant left it, and the message goes to the new address."""
    made, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [answer]
    telling.receiver.meanwhile = [lambda: telling.managing.update("acme", made.id, url=NEW)]
    sent = telling.by_wish.test("acme", made.id)
    telling.work()
    found = telling.managing.get("acme", made.id)
    assert (found.url, found.status, found.failing_since_ms) == (NEW, "enabled", None)
    telling.run(10)
    assert telling.by_wish.delivery("acme", made.id, sent.id).status == "delivered"
    assert [url for url, _, _ in telling.receiver.posts] == [URL, NEW]


def test_a_success_at_the_old_address_does_not_excuse_the_new_one(telling: Telling) -> None:
    """The new one may be failing already."""
    made, _ = telling.managing.create("acme", URL)

    def move() -> None:
        telling.managing.update("acme", made.id, url=NEW)
        telling.receiver.answers[NEW] = [500]
        telling.by_wish.test("acme", made.id)
        telling.work()

    telling.receiver.meanwhile = [move]
    telling.by_wish.test("acme", made.id)
    telling.work()
    assert [url for url, _, _ in telling.receiver.posts] == [URL, NEW]
    assert telling.managing.get("acme", made.id).failing_since_ms is not None


def test_a_gone_endpoint_is_still_disabled_when_something_else_is_changed(telling: Telling) -> None:
    """The same address: what it said counts, whoever wrote the row meanwhile."""
    made, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [410]
    telling.receiver.meanwhile = [lambda: telling.managing.update("acme", made.id, description="ours")]
    telling.by_wish.test("acme", made.id)
    telling.work()
    assert telling.managing.get("acme", made.id).disabled_reason == "gone"


def test_failures_of_another_address_are_forgotten(telling: Telling) -> None:
    """An endpoint that was mended by a move is not disabled by its first hiccup; the same address changes nothing."""
    made, _ = telling.managing.create("acme", URL)
    telling.receiver.answers = {URL: [500], NEW: [500]}
    telling.by_wish.test("acme", made.id)
    telling.work()
    telling.clock.advance(6 * DAY)
    assert telling.managing.update("acme", made.id, url=URL).failing_since_ms is not None
    assert telling.managing.update("acme", made.id, url=NEW).failing_since_ms is None
    telling.by_wish.test("acme", made.id)
    telling.work()
    assert telling.managing.get("acme", made.id).enabled


@pytest.mark.parametrize("status", [301, 429, 502, 503, 504])
@pytest.mark.parametrize(("asked", "waited"), [(3600, 3600), (2, SCHEDULE_SECONDS[1])])
def test_a_receiver_that_asks_for_time_gets_it(telling: Telling, status: int, asked: int, waited: int) -> None:
    """The schedule is the shortest wait; what is asked for may lengthen it, and the repair brings the message back."""
    made, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [(status, asked), 204]
    sent = telling.by_wish.test("acme", made.id)
    telling.work()
    pending = telling.by_wish.delivery("acme", made.id, sent.id)
    assert pending.next_ms == telling.clock.now_ms() + waited * 1000
    telling.run(waited + 90)
    first, second = telling.by_wish.delivery("acme", made.id, sent.id).attempts
    assert second.outcome == "delivered"
    assert waited <= (second.at_ms - first.at_ms) / 1000 <= waited + 62
