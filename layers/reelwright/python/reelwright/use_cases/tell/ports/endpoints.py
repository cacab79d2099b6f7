"""Tenants' endpoints, and who is told."""

from dataclasses import dataclass
from typing import Protocol

from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import Event


class Endpoints(Protocol):
    """The tenants' webhook endpoints."""

    def get(self, tenant: str, endpoint_id: str) -> WebhookEndpoint | None:
        """The endpoint, read consistently; None when the tenant has no such one."""
        ...

    def of_tenant(self, tenant: str) -> tuple[WebhookEndpoint, ...]:
        """All endpoints of a tenant, oldest first, read consistently."""
        ...

    def put_new(self, endpoint: WebhookEndpoint) -> None:
        """Store an endpoint that is not there yet. Raises Stale."""
        ...

    def save(self, before: WebhookEndpoint, after: WebhookEndpoint, notice: Event | None = None) -> None:
        """Replace the row, and put a notice into the outbox in the same transaction. Raises Stale."""
        ...

    def delete(self, endpoint: WebhookEndpoint) -> None:
        """Remove it; one that is gone already is fine."""
        ...


@dataclass(frozen=True, slots=True)
class Listeners:
    """A tenant's endpoints, oldest first, and the ids of those whose rows cannot be read."""

    endpoints: tuple[WebhookEndpoint, ...] = ()
    unreadable: tuple[str, ...] = ()


class Audience(Protocol):
    """Who is told."""

    def of_tenant(self, tenant: str) -> Listeners:
        """All endpoints of a tenant, read consistently; a row that cannot be read keeps no other from its events."""
        ...


class EndpointSecrets(Protocol):
    """The signing secrets, which stand in no row."""

    def newest(self) -> int:
        """The generation of the master that new secrets are to be derived from."""
        ...

    def secret(self, endpoint_id: str, number: int, master: int = 1) -> str:
        """The text `whsec_…` of one version."""
        ...


class AddressCheck(Protocol):
    """The guard for addresses, asked before one is stored."""

    def refusal(self, url: str) -> str | None:
        """Why the address may not be used, in words that do not repeat it; None when it may."""
        ...
