"""Events that were not announced at once stay in the outbox until the repair."""

from tests.integration.tell.told import cancel
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling


def test_what_the_bus_does_not_take_stays_in_the_outbox(telling: Telling, pipeline: Pipeline) -> None:
    """The record is told as failed, and the repair publishes it a minute later."""
    cancel(pipeline)
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
    cancel(pipeline)
    telling.clock.advance(30)
    assert telling.repairing.repair() == 0
    assert len(telling.in_outbox()) == 1
