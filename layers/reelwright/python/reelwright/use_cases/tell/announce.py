"""From the outbox to the world: publish on the bus, begin a delivery for every endpoint that asks for it, forget."""

from dataclasses import dataclass

from reelwright.domain import delivery as deliveries
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import OF_VIDEOS, Event
from reelwright.use_cases.ports import Telemetry
from reelwright.use_cases.tell.ports import Bus, Deliveries, DeliveryHints, DeliveryKey, Endpoints, Outbox


@dataclass(frozen=True, slots=True)
class Announce:
    """Announces events, each at least once and under one id, whatever dies in between."""

    outbox: Outbox
    bus: Bus
    endpoints: Endpoints
    deliveries: Deliveries
    hints: DeliveryHints
    telemetry: Telemetry

    def announce(self, events: tuple[Event, ...]) -> frozenset[str]:
        """The ids of events that are not fully announced; their rows stay in the outbox, for the repair."""
        taken = self.bus.publish(events) if events else frozenset()
        known: dict[str, tuple[WebhookEndpoint, ...]] = {}
        done = tuple(event for event in events if event.id in taken and self._begun(event, known))
        self.outbox.published(done)
        if done:
            self.telemetry.count("EventsPublished", len(done))
        return frozenset(event.id for event in events) - {event.id for event in done}

    def _begun(self, event: Event, known: dict[str, tuple[WebhookEndpoint, ...]]) -> bool:
        """One event's deliveries; when they fail the other events go on."""
        if event.type not in OF_VIDEOS:
            return True
        try:
            if event.tenant not in known:
                known[event.tenant] = self.endpoints.of_tenant(event.tenant)
            for endpoint in known[event.tenant]:
                if endpoint.wants(event.type):
                    self._begin(event, endpoint)
        except Exception as error:  # noqa: BLE001 - whatever it is, the row stays and the repair tries again
            self.telemetry.trouble("not announced", event=event.id, reason=type(error).__name__)
            return False
        return True

    def _begin(self, event: Event, endpoint: WebhookEndpoint) -> None:
        delivery = deliveries.of_event(event, endpoint, event.at_ms)
        if self.deliveries.put_new(delivery):
            self.hints.send(DeliveryKey(endpoint.id, delivery.id), event.tenant)
