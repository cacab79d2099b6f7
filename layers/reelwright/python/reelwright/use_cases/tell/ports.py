"""What telling needs from outside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from reelwright.domain.delivery import Delivery
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import Event


@dataclass(frozen=True, slots=True)
class NoEvent:
    """A row of the outbox that holds no event, by its key; `at_ms` is since when, 0 if its key does not tell."""

    key: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """What one look at a part of the outbox found, oldest first: events, and the rows that were passed over."""

    events: tuple[Event, ...] = ()
    unreadable: tuple[NoEvent, ...] = ()


class Outbox(Protocol):
    """Events that were committed together with what they tell, until they are published."""

    def overdue(self, shard: int, before_ms: int, limit: int) -> Overdue:
        """Up to `limit` events older than `before_ms` that nobody published; rows without one count for nothing."""
        ...

    def published(self, events: Iterable[Event]) -> None:
        """Forget events; those that are gone already are fine."""
        ...


class Bus(Protocol):
    """The event bus of the stage."""

    def publish(self, events: tuple[Event, ...]) -> frozenset[str]:
        """Publish; the ids of those that the bus took. Any of the others may be published again."""
        ...


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


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """How a delivery is found."""

    endpoint_id: str
    delivery_id: str


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that the repair must look at, and since when (epoch ms), as the index has it, which may lag."""

    key: DeliveryKey
    due_ms: int


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Deliveries of an endpoint, newest first; `next_id` is the `before` of the next page, None at the end.

    `unreadable` rows of the page are left out.
    """

    deliveries: tuple[Delivery, ...]
    next_id: str | None
    unreadable: int = 0


class Deliveries(Protocol):
    """Deliveries and their tries, kept for thirty days."""

    def put_new(self, delivery: Delivery) -> bool:
        """Store a delivery; False when it is there already, whatever has become of it."""
        ...

    def get(self, key: DeliveryKey) -> Delivery | None:
        """The delivery, read consistently. Raises Unreadable."""
        ...

    def page(self, endpoint_id: str, limit: int, before: str | None) -> DeliveryPage:
        """One page of an endpoint's log; `before` is a delivery's id."""
        ...

    def save(self, before: Delivery, after: Delivery) -> None:
        """Replace the row. Raises Stale."""
        ...

    def shelve(self, key: DeliveryKey) -> bool:
        """Let the repair look no more, whatever the row holds; False when it would not have, or it moved on."""
        ...

    def due(self, shard: int, now_ms: int, limit: int) -> tuple[Due, ...]:
        """Pending deliveries that the repair must look at, most overdue first."""
        ...

    def defer(self, seen: Due, due_ms: int) -> str | None:
        """Let the repair look again at `due_ms`; its tenant, or None when it is not due since then any more.

        Whatever the row holds besides is left, readable or not.
        """
        ...


class DeliveryHints(Protocol):
    """Messages that say "this delivery is due"; any of them may be lost or doubled."""

    def send(self, key: DeliveryKey, tenant: str, delay_seconds: int = 0) -> None:
        """Send one to arrive after 0-900 s. A hint that cannot be sent is lost, not raised."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: the HTTP status, or None and why there is none.

    `retry_after_seconds` (0 to 86,400) is how long the receiver wants to be left alone.
    """

    status: int | None
    problem: Literal["", "refused_address", "unreachable", "timeout"] = ""
    retry_after_seconds: int = 0


class Requests(Protocol):
    """The rate of requests that a tenant may send."""

    def count(self, tenant: str, now_ms: int) -> None:
        """Count one in the running minute. Raises TooManyRequests, NotFound."""
        ...


class Sender(Protocol):
    """Posts to addresses that strangers chose."""

    def post(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        """One request through the guard for addresses: no redirect is followed and no body is read."""
        ...


class AddressCheck(Protocol):
    """The guard for addresses, asked before one is stored."""

    def refusal(self, url: str) -> str | None:
        """Why the address may not be used, in words that do not repeat it; None when it may."""
        ...


class EndpointSecrets(Protocol):
    """The signing secrets, which stand in no row."""

    def newest(self) -> int:
        """The generation of the master that new secrets are to be derived from."""
        ...

    def secret(self, endpoint_id: str, number: int, master: int = 1) -> str:
        """The text `whsec_…` of one version."""
        ...


class TellIds(Protocol):
    """Identifiers that never repeat."""

    def endpoint(self) -> str:
        """A new endpoint's id: `whe_` and 26 lower-case characters that sort by time of creation."""
        ...

    def event(self) -> str:
        """A new id for an event that follows from no job: `evt_` and 26 such characters."""
        ...

    def owner(self) -> str:
        """A new lease owner."""
        ...
