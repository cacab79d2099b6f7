"""A tenant's webhook endpoints: create, change, rotate, test, look at deliveries, send one again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reelwright.domain import delivery as deliveries
from reelwright.domain import endpoint as endpoints
from reelwright.domain.delivery import Delivery
from reelwright.domain.endpoint import EndpointStatus, SecretVersion, WebhookEndpoint
from reelwright.domain.errors import AddressRefused, Conflict, FieldError, NotFound, Stale, Unreadable
from reelwright.domain.event import Event, EventType
from reelwright.use_cases.ports import Clock, Telemetry
from reelwright.use_cases.tell.ports import (
    AddressCheck,
    Deliveries,
    DeliveryHints,
    DeliveryKey,
    DeliveryPage,
    Endpoints,
    EndpointSecrets,
    Requests,
    TellIds,
)

MAX_ENDPOINTS: Final = 10
"""A tenant's endpoints at most: each event makes one delivery for each of them."""

MAX_SECRETS: Final = 5
"""Secrets that sign at the same time at most: each adds a signature of 47 bytes to every request."""

_HOUR_MS: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class ManageEndpoints:
    """What a tenant does about its endpoints. Another tenant's endpoint does not exist: NotFound."""

    endpoints: Endpoints
    log: Deliveries
    hints: DeliveryHints
    secrets: EndpointSecrets
    addresses: AddressCheck
    clock: Clock
    ids: TellIds
    telemetry: Telemetry
    requests: Requests
    overlap_hours: int = 24

    def create(
        self, tenant: str, url: str, events: tuple[EventType, ...] = (), description: str = ""
    ) -> tuple[WebhookEndpoint, str]:
        """A new endpoint and the text of its secret. Raises AddressRefused, Conflict when there are ten already."""
        self._check(url)
        now = self.clock.now_ms()
        first = SecretVersion(1, now, master=self.secrets.newest())
        made = WebhookEndpoint(self.ids.endpoint(), tenant, url, events, description, now, (first,))
        self._room_for(tenant, 1)
        self.endpoints.put_new(made)
        try:
            self._room_for(tenant, 0)
        except Conflict:
            self.endpoints.delete(made)
            raise
        return made, self._text(made)

    def get(self, tenant: str, endpoint_id: str) -> WebhookEndpoint:
        """The endpoint. Raises NotFound."""
        found = self.endpoints.get(tenant, endpoint_id)
        if found is None:
            raise NotFound("There is no such webhook endpoint.")
        return found

    def list(self, tenant: str) -> tuple[WebhookEndpoint, ...]:
        """The tenant's endpoints, oldest first."""
        return self.endpoints.of_tenant(tenant)

    def update(  # noqa: PLR0913 - each part may be given or not
        self,
        tenant: str,
        endpoint_id: str,
        *,
        url: str | None = None,
        events: tuple[EventType, ...] | None = None,
        description: str | None = None,
        status: EndpointStatus | None = None,
    ) -> WebhookEndpoint:
        """With what is given replaced. Raises NotFound, AddressRefused."""
        if url is not None:
            self.get(tenant, endpoint_id)
            self._check(url)

        def change(before: WebhookEndpoint) -> WebhookEndpoint:
            after = endpoints.edited(before, url=url, events=events, description=description)
            return _with_status(after, status)

        return self._change(tenant, endpoint_id, change)

    def delete(self, tenant: str, endpoint_id: str) -> None:
        """Forget the endpoint; what is on its way there is given up. Raises NotFound."""
        self.endpoints.delete(self.get(tenant, endpoint_id))

    def rotate(self, tenant: str, endpoint_id: str, overlap_hours: int | None = None) -> tuple[WebhookEndpoint, str]:
        """A new secret and its text; those before it sign for the overlap, too. Raises NotFound, Conflict."""
        overlap_ms = (self.overlap_hours if overlap_hours is None else overlap_hours) * _HOUR_MS

        def change(before: WebhookEndpoint) -> WebhookEndpoint:
            now = self.clock.now_ms()
            if overlap_ms and len(before.live_secrets(now)) >= MAX_SECRETS:
                raise Conflict(f"{MAX_SECRETS} secrets sign already: wait until one of them expires.")
            return endpoints.rotated(before, now, overlap_ms, self.secrets.newest())

        after = self._change(tenant, endpoint_id, change)
        return after, self._text(after)

    def test(self, tenant: str, endpoint_id: str) -> Delivery:
        """Send a `webhook.test`, whatever the filter says.

        Counts as a request. Raises NotFound, Conflict when it is disabled, TooManyRequests.
        """
        endpoint, now = self._enabled(tenant, endpoint_id), self.clock.now_ms()
        self.requests.count(tenant, now)
        event = Event(self.ids.event(), EventType.TEST, tenant, now, {"id": endpoint_id})
        return self._sent(deliveries.of_event(event, endpoint, now))

    def deliveries(self, tenant: str, endpoint_id: str, limit: int, before: str | None = None) -> DeliveryPage:
        """A page of the endpoint's log, newest first, without what cannot be read. Raises NotFound."""
        self.get(tenant, endpoint_id)
        page = self.log.page(endpoint_id, limit, before)
        if page.unreadable:
            self.telemetry.trouble("deliveries not readable", endpoint=endpoint_id, rows=page.unreadable)
        return page

    def delivery(self, tenant: str, endpoint_id: str, delivery_id: str) -> Delivery:
        """One delivery with its tries. Raises NotFound, Conflict when its row cannot be read."""
        self.get(tenant, endpoint_id)
        try:
            found = self.log.get(DeliveryKey(endpoint_id, delivery_id))
        except Unreadable as error:
            raise Conflict("What is kept of this delivery cannot be read.") from error
        if found is None or found.tenant != tenant:
            raise NotFound("There is no such delivery.")
        return found

    def replay(self, tenant: str, endpoint_id: str, delivery_id: str) -> Delivery:
        """A new delivery of the same event under the same message id.

        Counts as a request. Raises NotFound, Conflict when it is disabled, TooManyRequests.
        """
        before, now = self.delivery(tenant, endpoint_id, delivery_id), self.clock.now_ms()
        endpoint = self._enabled(tenant, endpoint_id)
        self.requests.count(tenant, now)
        return self._sent(deliveries.again(before, endpoint, now))

    def _text(self, endpoint: WebhookEndpoint) -> str:
        newest = endpoint.secrets[0]
        return self.secrets.secret(endpoint.id, newest.number, newest.master)

    def _sent(self, delivery: Delivery) -> Delivery:
        self.log.put_new(delivery)
        self.hints.send(DeliveryKey(delivery.endpoint_id, delivery.id), delivery.tenant)
        return delivery

    def _enabled(self, tenant: str, endpoint_id: str) -> WebhookEndpoint:
        found = self.get(tenant, endpoint_id)
        if not found.enabled:
            raise Conflict("The endpoint is disabled: enable it first.")
        return found

    def _room_for(self, tenant: str, more: int) -> None:
        """Asked before and after storing: of those that are created at the same time none stays beyond the limit."""
        if len(self.endpoints.of_tenant(tenant)) + more > MAX_ENDPOINTS:
            raise Conflict(f"A tenant has at most {MAX_ENDPOINTS} webhook endpoints; delete one first.")

    def _check(self, url: str) -> None:
        refusal = self.addresses.refusal(url)
        if refusal is not None:
            raise AddressRefused("Webhooks cannot be sent there.", errors=(FieldError("/url", refusal),))

    def _change(
        self, tenant: str, endpoint_id: str, change: Callable[[WebhookEndpoint], WebhookEndpoint]
    ) -> WebhookEndpoint:
        while True:
            before = self.get(tenant, endpoint_id)
            after = change(before)
            try:
                self.endpoints.save(before, after)
            except Stale:
                continue
            return after


def _with_status(endpoint: WebhookEndpoint, status: EndpointStatus | None) -> WebhookEndpoint:
    if status is None or status == endpoint.status:
        return endpoint
    return endpoints.enabled(endpoint) if status == "enabled" else endpoints.disabled(endpoint, "by_tenant")
