"""A tenant's webhook endpoints: create, change, rotate, forget."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reelwright.domain import endpoint as endpoints
from reelwright.domain.endpoint import EndpointStatus, SecretVersion, WebhookEndpoint
from reelwright.domain.errors import AddressRefused, Conflict, FieldError, NotFound, Stale
from reelwright.domain.event import EventType
from reelwright.use_cases.ports import Clock
from reelwright.use_cases.tell.ports import AddressCheck, Endpoints, EndpointSecrets, TellIds

MAX_ENDPOINTS: Final = 10
"""A tenant's endpoints at most: each event makes one delivery for each of them."""

MAX_SECRETS: Final = 5
"""Secrets that sign at the same time at most: each adds a signature of 47 bytes to every request."""

_HOUR_MS: Final = 3_600_000


def known(endpoints: Endpoints, tenant: str, endpoint_id: str) -> WebhookEndpoint:
    """The tenant's endpoint. Raises NotFound."""
    found = endpoints.get(tenant, endpoint_id)
    if found is None:
        raise NotFound("There is no such webhook endpoint.")
    return found


@dataclass(frozen=True, slots=True)
class ManageEndpoints:
    """What a tenant does about its endpoints. Another tenant's endpoint does not exist: NotFound."""

    endpoints: Endpoints
    secrets: EndpointSecrets
    addresses: AddressCheck
    clock: Clock
    ids: TellIds
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
        return known(self.endpoints, tenant, endpoint_id)

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

    def _text(self, endpoint: WebhookEndpoint) -> str:
        newest = endpoint.secrets[0]
        return self.secrets.secret(endpoint.id, newest.number, newest.master)

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
