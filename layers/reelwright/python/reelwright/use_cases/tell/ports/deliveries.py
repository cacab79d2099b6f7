"""Messages to endpoints, and what became of them."""

from dataclasses import dataclass
from typing import Protocol

from reelwright.domain.delivery import Delivery


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
