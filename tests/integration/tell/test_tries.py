"""Which answers are a success, and when a message is tried again."""

from itertools import pairwise

import pytest

from reelwright.domain.delivery import SCHEDULE_SECONDS
from tests.integration.tell.told import URL, announce, cancel
from tests.support.pipeline import Pipeline
from tests.support.telling import HOUR, Telling


@pytest.mark.parametrize("answer", [301, 302, 307, 400, 404, 429, 500, 503, "timeout", "unreachable"])
def test_only_2xx_is_success(telling: Telling, pipeline: Pipeline, answer: int | str) -> None:
    """A redirect is a failure like any other, and is not followed; the next try comes after five seconds."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [answer, 200]
    cancel(pipeline)
    announce(telling)
    telling.work()
    (pending,) = telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries
    assert (pending.status, len(pending.attempts)) == ("pending", 1)
    assert pending.next_ms is not None
    assert 4_000 <= pending.next_ms - telling.clock.now_ms() <= 6_000
    telling.clock.advance(6)
    telling.work()
    (delivered,) = telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries
    assert (delivered.status, [one.outcome == "delivered" for one in delivered.attempts]) == (
        "delivered",
        [False, True],
    )
    assert len({body for _, _, body in telling.receiver.posts}) == 1


def test_a_dead_endpoint_is_tried_on_the_whole_schedule(telling: Telling, pipeline: Pipeline) -> None:
    """Ten tries over more than three days, the later ones brought back by the repair, each within a minute."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [500]
    cancel(pipeline)
    announce(telling)
    telling.run(80 * HOUR)
    (failed,) = telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries
    assert (failed.status, failed.next_ms, failed.due_ms) == ("failed", None, None)
    times = [one.at_ms for one in failed.attempts]
    waits = [(after - before) / 1000 for before, after in pairwise(times)]
    assert len(times) == 10
    for wait, planned in zip(waits, SCHEDULE_SECONDS[1:], strict=True):
        assert planned <= wait <= planned + 62
    assert telling.telemetry.counts["WebhookGivenUp"] == 1


def test_messages_about_a_leased_or_a_later_delivery_do_nothing(telling: Telling, pipeline: Pipeline) -> None:
    """SQS brings a message twice now and then: there is one try at a time, each in its time."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [500]
    cancel(pipeline)
    announce(telling)
    key = telling.messages.take()
    assert key is not None
    assert telling.delivering.deliver(key) == "rejected"
    assert telling.delivering.deliver(key) is None
    (delivery,) = telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries
    assert len(delivery.attempts) == 1


def test_a_message_that_comes_early_is_sent_again(telling: Telling, pipeline: Pipeline) -> None:
    """A clock that is a few seconds behind must not lose the minute until the repair."""
    telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [500, 200]
    cancel(pipeline)
    announce(telling)
    telling.work()
    ((_, body),) = telling.messages.waiting
    telling.messages.waiting = [(telling.clock.now_ms(), body)]
    telling.work()
    ((again, _),) = telling.messages.waiting
    assert 4_000 <= again - telling.clock.now_ms() <= 6_000
