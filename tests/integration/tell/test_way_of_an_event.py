"""From a job's end to the bus and to the endpoints that asked for it."""

import json

from reelwright.domain.event import EventType
from tests.integration.tell.told import URL, announce, cancel
from tests.support.pipeline import Pipeline
from tests.support.telling import HOUR, Telling


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
    canceled = cancel(pipeline)
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
    job = cancel(pipeline)
    announce(telling)
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
    job = cancel(pipeline)
    announce(telling)
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
    cancel(pipeline)
    events = telling.in_outbox()
    telling.announcing.announce(events)
    telling.announcing.announce(events)
    telling.work()
    assert len(telling.receiver.posts) == 1
    assert len(set(telling.events.ids())) == 1
