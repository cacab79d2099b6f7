"""From the outbox to the world: publish on the bus, begin a delivery for every endpoint that asks for it, forget."""

from dataclasses import dataclass
from typing import Final

from reelwright.domain import delivery as deliveries
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import OF_VIDEOS, Event
from reelwright.use_cases.ports import Telemetry
from reelwright.use_cases.tell.ports import Audience, Bus, Deliveries, DeliveryHints, DeliveryKey, Listeners, Outbox

TOGETHER: Final = 10
"""Events that are published together, as PutEvents takes them: a process that dies leaves so many told but kept."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Announces events, each at least once and under one id, whatever dies in between."""

    outbox: Outbox
    bus: Bus
    audience: Audience
    deliveries: Deliveries
    hints: DeliveryHints
    telemetry: Telemetry

    def announce(self, events: tuple[Event, ...]) -> frozenset[str]:
        """The ids of events that are not fully announced; their rows stay in the outbox, for the repair."""
        known: dict[str, Listeners] = {}
        done = frozenset(name for part in tens(events) for name in self._announced(part, known))
        return frozenset(event.id for event in events) - done

    def _announced(self, part: tuple[Event, ...], known: dict[str, Listeners]) -> tuple[str, ...]:
        taken = self.bus.publish(part)
        done = tuple(event.id for event in part if event.id in taken and self._told(event, known))
        if done:
            self.telemetry.count("EventsPublished", len(done))
        return done

    def _told(self, event: Event, known: dict[str, Listeners]) -> bool:
        """Begin one event's deliveries and forget it; when that fails the other events go on."""
        try:
            if event.type in OF_VIDEOS:
                if event.tenant not in known:
                    known[event.tenant] = self.audience.of_tenant(event.tenant)
                self._begin_all(event, known[event.tenant])
            self.outbox.published((event,))
        except Exception as error:  # noqa: BLE001 - whatever it is, the row stays and the repair tries again
            self.telemetry.trouble("not announced", event=event.id, reason=type(error).__name__)
            return False
        return True

    def _begin_all(self, event: Event, listeners: Listeners) -> None:
        for endpoint in listeners.endpoints:
            if endpoint.wants(event.type):
                self._begin(event, endpoint)
        for endpoint_id in listeners.unreadable:
            self.telemetry.count("WebhookGivenUp")
            self.telemetry.trouble("endpoint not read", endpoint=endpoint_id, event=event.id)

    def _begin(self, event: Event, endpoint: WebhookEndpoint) -> None:
        delivery = deliveries.of_event(event, endpoint, event.at_ms)
        if not self.deliveries.put_new(delivery):
            return
        if delivery.next_ms is None:
            self.telemetry.count("WebhookGivenUp")
        else:
            self.hints.send(DeliveryKey(endpoint.id, delivery.id), event.tenant)


def tens(events: tuple[Event, ...]) -> tuple[tuple[Event, ...], ...]:
    """The events in parts of ten at most."""
    return tuple(events[start : start + TOGETHER] for start in range(0, len(events), TOGETHER))
