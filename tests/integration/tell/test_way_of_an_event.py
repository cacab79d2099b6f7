"""From a job's end to the bus and to the endpoints that asked for it."""

import json
from itertools import pairwise

import pytest

from reelwright.domain.delivery import SCHEDULE_SECONDS
from reelwright.domain.event import EventType
from tests.support.pipeline import Pipeline
from tests.support.telling import HOUR, Telling

URL = "https://hooks.example/one"


def _cancel(pipeline: Pipeline, tenant: str = "acme") -> str:
    job = pipeline.submit(tenant).job_id
    pipeline.canceling.cancel(tenant, job)
    return job


def _announce(telling: Telling) -> None:
    assert telling.announcing.announce(telling.in_outbox()) == frozenset()


def test_every_way_to_an_end_tells_of_it_and_nothing_else_does(telling: Telling, pipeline: Pipeline) -> None:
    """Success, failure, cancellation, expiry: one thin event each, with what was captured; a running job has none."""
    done, failed = pipeline.submit().job_id, pipeline.submit().job_id
    for job in (done, failed):
        pipeline.dispatch(job)
    pipeline.provider.finish(f"{done}-1")
    pipeline.provider.fail(f"{failed}-1", "no")
    assert telling.in_outbox() == ()
    for job in (done, failed):
        pipeline.finalizing.finalize(job, 1)
    canceled = _cancel(pipeline)
    waiting = pipeline.submit().job_id
    told = {event.data["id"]: event for event in telling.in_outbox()}
    assert {job: event.type for job, event in told.items()} == {
        done: EventType.SUCCEEDED,
        failed: EventType.FAILED,
        canceled: EventType.CANCELED,
    }
    assert waiting not in told
    assert told[done].data == {"id": done, "status": "succeeded", "model": "kling-v2-5-turbo", "units": "2"}
    assert told[failed].data["error"] == pipeline.job(failed).error.code  # type: ignore[union-attr]


def test_a_job_that_waited_too_long_is_told(telling: Telling, pipeline: Pipeline) -> None:
    """The sweep ends it, and the event says expired."""
    pipeline.submit()
    pipeline.clock.advance(8 * 24 * HOUR)
    pipeline.sweeping.sweep()
    assert [event.type for event in telling.in_outbox()] == [EventType.EXPIRED]


def test_the_bus_gets_a_versioned_thin_event(telling: Telling, pipeline: Pipeline) -> None:
    """Source, detail type and schema version are there to match on; nothing secret is in it."""
    job = _cancel(pipeline)
    _announce(telling)
    (entry,) = telling.events.published
    assert (entry["Source"], entry["DetailType"], entry["EventBusName"]) == ("reelwright", "VideoCanceled", "bus")
    assert json.loads(entry["Detail"]) == {
        "schema_version": 1,
        "id": f"evt_{job.removeprefix('job_')}_canceled",
        "tenant": "acme",
        "data": {"id": job, "status": "canceled", "model": "kling-v2-5-turbo", "units": "0"},
    }
    assert telling.in_outbox() == ()


def test_an_endpoint_gets_what_it_asks_for(telling: Telling, pipeline: Pipeline) -> None:
    """Filters are heeded, tenants kept apart, and no filter means everything."""
    pipeline.tenant("zoe")
    for name, tenant, events in (("all", "acme", ()), ("good", "acme", (EventType.SUCCEEDED,)), ("zoe", "zoe", ())):
        telling.managing.create(tenant, f"https://hooks.example/{name}", events)
    job = _cancel(pipeline)
    _announce(telling)
    telling.work()
    (post,) = telling.receiver.posts
    assert post[0] == "https://hooks.example/all"
    body = json.loads(post[2])
    assert (body["type"], body["data"]["id"], body["schema_version"]) == ("video.canceled", job, 1)
    assert body["timestamp"].endswith("Z")
    assert post[1]["webhook-id"] == f"evt_{job.removeprefix('job_')}_canceled"


def test_announcing_twice_delivers_once(telling: Telling, pipeline: Pipeline) -> None:
    """The stream may bring a record again: the delivery is there already."""
    telling.managing.create("acme", URL)
    _cancel(pipeline)
    events = telling.in_outbox()
    telling.announcing.announce(events)
    telling.announcing.announce(events)
    telling.work()
    assert len(telling.receiver.posts) == 1
    assert len(set(telling.events.ids())) == 1


def test_what_the_bus_does_not_take_stays_in_the_outbox(telling: Telling, pipeline: Pipeline) -> None:
    """The record is told as failed, and the repair publishes it a minute later."""
    _cancel(pipeline)
    telling.events.refuses = 1
    (event,) = telling.in_outbox()
    assert telling.announcing.announce((event,)) == frozenset({event.id})
    assert telling.in_outbox() == (event,)
    telling.clock.advance(61)
    telling.repairing.repair()
    assert telling.events.ids() == [event.id]
    assert telling.in_outbox() == ()
    assert telling.telemetry.counts["Repaired"] == 1


def test_the_repair_leaves_young_events_to_the_stream(telling: Telling, pipeline: Pipeline) -> None:
    """In their first minute they are on their way."""
    _cancel(pipeline)
    telling.clock.advance(30)
    assert telling.repairing.repair() == 0
    assert len(telling.in_outbox()) == 1


@pytest.mark.parametrize("answer", [301, 302, 307, 400, 404, 429, 500, 503, "timeout", "unreachable"])
def test_only_2xx_is_success(telling: Telling, pipeline: Pipeline, answer: int | str) -> None:
    """A redirect is a failure like any other, and is not followed; the next try comes after five seconds."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [answer, 200]
    _cancel(pipeline)
    _announce(telling)
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
    _cancel(pipeline)
    _announce(telling)
    telling.run(80 * HOUR)
    (failed,) = telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries
    assert (failed.status, failed.next_ms, failed.due_ms) == ("failed", None, None)
    times = [one.at_ms for one in failed.attempts]
    waits = [(after - before) / 1000 for before, after in pairwise(times)]
    assert len(times) == 10
    for wait, planned in zip(waits, SCHEDULE_SECONDS[1:], strict=True):
        assert planned <= wait <= planned + 62
    assert telling.telemetry.counts["WebhookGivenUp"] == 1


def test_410_disables_the_endpoint_and_tells_operators(telling: Telling, pipeline: Pipeline) -> None:
    """The notice goes over the bus, never through the endpoint; what is on its way there is given up."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [410]
    for _ in range(2):
        _cancel(pipeline)
    _announce(telling)
    telling.work()
    found = telling.managing.get("acme", endpoint.id)
    assert (found.status, found.disabled_reason) == ("disabled", "gone")
    assert len(telling.receiver.posts) == 1
    log = telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries
    assert {one.status for one in log} == {"abandoned"}
    _announce(telling)
    telling.work()
    (notice,) = telling.events.ids("WebhookEndpointDisabled")
    assert json.loads(telling.events.published[-1]["Detail"])["data"] == {"id": endpoint.id, "reason": "gone"}
    assert notice.startswith("evt_whe_")
    assert len(telling.receiver.posts) == 1
    assert telling.telemetry.counts["EndpointDisabled"] == 1


def test_an_endpoint_that_fails_for_five_days_is_disabled(telling: Telling, pipeline: Pipeline) -> None:
    """And one that took a single message in between is not."""
    bad, _ = telling.managing.create("acme", URL)
    flaky, _ = telling.managing.create("acme", "https://hooks.example/flaky")
    telling.receiver.answers = {URL: [500], "https://hooks.example/flaky": [500, 500, 200, 500]}
    for _ in range(7):
        _cancel(pipeline)
        _announce(telling)
        telling.run(18 * HOUR)
    assert telling.managing.get("acme", bad.id).disabled_reason == "failing"
    assert telling.managing.get("acme", flaky.id).enabled
    _announce(telling)
    assert len(telling.events.ids("WebhookEndpointDisabled")) == 1


def test_messages_about_a_leased_or_a_later_delivery_do_nothing(telling: Telling, pipeline: Pipeline) -> None:
    """SQS brings a message twice now and then: there is one try at a time, each in its time."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.receiver.answers[URL] = [500]
    _cancel(pipeline)
    _announce(telling)
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
    _cancel(pipeline)
    _announce(telling)
    telling.work()
    ((_, body),) = telling.messages.waiting
    telling.messages.waiting = [(telling.clock.now_ms(), body)]
    telling.work()
    ((again, _),) = telling.messages.waiting
    assert 4_000 <= again - telling.clock.now_ms() <= 6_000
