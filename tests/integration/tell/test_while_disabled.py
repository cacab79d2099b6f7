"""Events that come while an endpoint is disabled: nothing is sent, and all of it can be sent again later."""

from collections.abc import Callable
from typing import Any

from reelwright.domain.event import EventType
from tests.support.pipeline import Pipeline
from tests.support.telling import HOUR, Telling

URL = "https://hooks.example/one"


def _cancel(telling: Telling, pipeline: Pipeline) -> str:
    job = pipeline.submit().job_id
    pipeline.canceling.cancel("acme", job)
    assert telling.announcing.announce(telling.in_outbox()) == frozenset()
    return f"evt_{job.removeprefix('job_')}_canceled"


def test_what_was_missed_is_replayed(telling: Telling, pipeline: Pipeline) -> None:
    """Disabled, an event, enabled, a replay: it arrives under its own id."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.managing.update("acme", endpoint.id, status="disabled")
    event = _cancel(telling, pipeline)
    telling.run(100 * HOUR)
    assert telling.receiver.posts == []
    telling.managing.update("acme", endpoint.id, status="enabled")
    (missed,) = telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries
    assert (missed.status, missed.event_id, missed.attempts) == ("abandoned", event, ())
    telling.by_wish.replay("acme", endpoint.id, missed.id)
    telling.work()
    assert telling.receiver.ids(URL) == [event]


def test_it_costs_one_write_and_wakes_nobody(telling: Telling, pipeline: Pipeline) -> None:
    """No message is sent and the repair never looks at it, however often the event is announced."""
    endpoint, _ = telling.managing.create("acme", URL)
    telling.managing.update("acme", endpoint.id, status="disabled")
    effects: list[str] = []
    pipeline.canceling.cancel("acme", pipeline.submit().job_id)

    def perform(name: str, act: Callable[[], Any]) -> Any:
        effects.append(name)
        return act()

    telling.seam.perform = perform
    events = telling.in_outbox()
    for _ in range(2):
        telling.announcing.announce(events)
    assert effects == ["put_events", "put_item", "delete_item"] * 2
    (row,) = telling.rows("ENDPOINT#")
    assert not {"due_ms", "due_shard", "next_ms"} & set(row)
    assert telling.telemetry.counts["WebhookGivenUp"] == 1


def test_a_filter_is_heeded_while_disabled(telling: Telling, pipeline: Pipeline) -> None:
    """What was never asked for stands in no log."""
    endpoint, _ = telling.managing.create("acme", URL, (EventType.SUCCEEDED,))
    telling.managing.update("acme", endpoint.id, status="disabled")
    _cancel(telling, pipeline)
    assert telling.by_wish.deliveries("acme", endpoint.id, 10).deliveries == ()
