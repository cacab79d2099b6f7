"""What is sent to a tenant's webhook endpoints: look at it, send a test, send one again."""

from dataclasses import dataclass

from reelwright.domain import delivery as deliveries
from reelwright.domain.delivery import Delivery
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.errors import Conflict, NotFound, Unreadable
from reelwright.domain.event import Event, EventType
from reelwright.use_cases.ports import Clock, Telemetry
from reelwright.use_cases.tell.endpoints import known
from reelwright.use_cases.tell.ports import (
    Deliveries,
    DeliveryHints,
    DeliveryKey,
    DeliveryPage,
    Endpoints,
    Requests,
    TellIds,
)


@dataclass(frozen=True, slots=True)
class ManageDeliveries:
    """What a tenant does about deliveries. Another tenant's do not exist: NotFound."""

    endpoints: Endpoints
    log: Deliveries
    hints: DeliveryHints
    clock: Clock
    ids: TellIds
    telemetry: Telemetry
    requests: Requests

    def deliveries(self, tenant: str, endpoint_id: str, limit: int, before: str | None = None) -> DeliveryPage:
        """A page of the endpoint's log, newest first, without what cannot be read. Raises NotFound."""
        known(self.endpoints, tenant, endpoint_id)
        page = self.log.page(endpoint_id, limit, before)
        if page.unreadable:
            self.telemetry.trouble("deliveries not readable", endpoint=endpoint_id, rows=page.unreadable)
        return page

    def delivery(self, tenant: str, endpoint_id: str, delivery_id: str) -> Delivery:
        """One delivery with its tries. Raises NotFound, Conflict when its row cannot be read."""
        known(self.endpoints, tenant, endpoint_id)
        try:
            found = self.log.get(DeliveryKey(endpoint_id, delivery_id))
        except Unreadable as error:
            raise Conflict("What is kept of this delivery cannot be read.") from error
        if found is None or found.tenant != tenant:
            raise NotFound("There is no such delivery.")
        return found

    def test(self, tenant: str, endpoint_id: str) -> Delivery:
        """Send a `webhook.test`, whatever the filter says.

        Counts as a request. Raises NotFound, Conflict when it is disabled, TooManyRequests.
        """
        endpoint, now = self._enabled(tenant, endpoint_id), self.clock.now_ms()
        self.requests.count(tenant, now)
        event = Event(self.ids.event(), EventType.TEST, tenant, now, {"id": endpoint_id})
        return self._sent(deliveries.of_event(event, endpoint, now))

    def replay(self, tenant: str, endpoint_id: str, delivery_id: str) -> Delivery:
        """A new delivery of the same event under the same message id.

        Counts as a request. Raises NotFound, Conflict when it is disabled, TooManyRequests.
        """
        before, now = self.delivery(tenant, endpoint_id, delivery_id), self.clock.now_ms()
        endpoint = self._enabled(tenant, endpoint_id)
        self.requests.count(tenant, now)
        return self._sent(deliveries.again(before, endpoint, now))

    def _sent(self, delivery: Delivery) -> Delivery:
        self.log.put_new(delivery)
        self.hints.send(DeliveryKey(delivery.endpoint_id, delivery.id), delivery.tenant)
        return delivery

    def _enabled(self, tenant: str, endpoint_id: str) -> WebhookEndpoint:
        found = known(self.endpoints, tenant, endpoint_id)
        if not found.enabled:
            raise Conflict("The endpoint is disabled: enable it first.")
        return found
