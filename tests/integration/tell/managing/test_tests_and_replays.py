"""Tests and replays that a tenant asks for."""

from dataclasses import replace

import pytest

from reelwright.adapters.aws.table.requests import TableRequests
from reelwright.domain.errors import NotFound, TooManyRequests
from reelwright.domain.event import EventType
from tests.integration.tell.managing.signed import URL, signed
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling


def test_a_test_goes_to_its_endpoint_whatever_it_asks_for(telling: Telling) -> None:
    """And to nothing else, the bus included."""
    made, secret = telling.managing.create("acme", URL, (EventType.FAILED,))
    telling.managing.create("acme", "https://hooks.example/two")
    telling.by_wish.test("acme", made.id)
    telling.work()
    ((url, headers, body),) = telling.receiver.posts
    assert url == URL
    assert '"type":"webhook.test"' in body
    assert signed(secret, headers, body)
    assert telling.events.published == []


def test_a_replay_sends_the_same_message_again(telling: Telling) -> None:
    """Under the same id, so that a receiver that had it knows it; with a try of its own in the log."""
    made, _ = telling.managing.create("acme", URL)
    first = telling.by_wish.test("acme", made.id)
    telling.work()
    telling.clock.advance(5)
    again = telling.by_wish.replay("acme", made.id, first.id)
    telling.work()
    assert again.id != first.id
    assert telling.receiver.ids(URL) == [first.event_id, first.event_id]
    log = telling.by_wish.deliveries("acme", made.id, 10).deliveries
    assert [(one.id, one.status) for one in log] == [(again.id, "delivered"), (first.id, "delivered")]
    with pytest.raises(NotFound):
        telling.by_wish.replay("acme", made.id, "dlv_nothing")


def test_tests_and_replays_are_requests_of_the_tenant(telling: Telling, pipeline: Pipeline) -> None:
    """They count in the same minute as new videos do; beyond the rate nothing is sent, and the next minute is free."""
    pipeline.tenant(rate=3)
    requests = TableRequests(telling.table, telling.name)
    by_wish = replace(telling.by_wish, requests=requests)
    made, _ = telling.managing.create("acme", URL)
    pipeline.submit()
    sent = by_wish.test("acme", made.id)
    telling.clock.advance(1)
    by_wish.replay("acme", made.id, sent.id)
    for call in (
        lambda: by_wish.test("acme", made.id),
        lambda: by_wish.replay("acme", made.id, sent.id),
        pipeline.submit,
    ):
        with pytest.raises(TooManyRequests) as refused:
            call()
        assert refused.value.retry_after_seconds == 60 - telling.clock.now_ms() // 1000 % 60
    assert len(by_wish.deliveries("acme", made.id, 10).deliveries) == 2
    with pytest.raises(NotFound):
        by_wish.test("acme", "whe_nothing")
    telling.clock.advance(60)
    by_wish.test("acme", made.id)
