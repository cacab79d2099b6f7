"""What became of deliveries to an endpoint."""

from dataclasses import replace

from reelwright.domain import delivery as deliveries
from reelwright.domain.delivery import Delivery, DeliveryStatus
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import Event, EventType
from tests.integration.ops.office import Office


def delivered(
    office: Office, endpoint: WebhookEndpoint, name: str, status: DeliveryStatus, payload: str = "{}"
) -> Delivery:
    """A delivery of an event that has come to some end."""
    office.clock.advance(0.001)
    event = Event(f"evt_{name}", EventType.SUCCEEDED, "acme", office.clock.at_ms, {"id": "job_1"})
    made = deliveries.of_event(event, endpoint, office.clock.at_ms)
    log = office.box.webhooks.deliveries.log
    log.put_new(made)
    ended = replace(made, status=status, payload=payload, next_ms=None, due_ms=None, version=2)
    log.save(made, ended)
    return ended


def states(office: Office, endpoint: WebhookEndpoint) -> list[tuple[str, str]]:
    return sorted((one.event_id, one.status) for one in office.box.webhooks.log("acme", endpoint.id))
