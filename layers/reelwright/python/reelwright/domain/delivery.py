"""A delivery: one event on its way to one endpoint, tried on the schedule of Standard Webhooks 1.0."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import SCHEMA_VERSION, Event, EventType
from reelwright.domain.job import Lease
from reelwright.domain.times import iso

DeliveryStatus = Literal["pending", "delivered", "failed", "abandoned"]
"""On its way; taken with a 2xx; all tries spent; or given up because its endpoint is disabled or gone."""

Outcome = Literal["delivered", "rejected", "redirected", "gone", "refused_address", "unreachable", "timeout"]

SCHEDULE_SECONDS: Final = (0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds between a try and the one before it, as Standard Webhooks 1.0 suggests: 75 hours and 35 minutes in all."""

JITTER: Final = 0.1
"""Each wait is lengthened or shortened by up to a tenth, so that what failed together does not come back together."""

HINT_MS: Final = 900_000
"""The longest delay of a queue's message; what is tried later is brought back by the repair."""

REPAIR_MS: Final = 60_000
"""How long the repair leaves to the message what a message was sent for."""

Chance = Callable[[], float]
"""A number from 0 up to 1."""


@dataclass(frozen=True, slots=True)
class Try:
    """One try: when it began (epoch ms), what came of it, the HTTP status if there was an answer, how long it took."""

    at_ms: int
    outcome: Outcome
    http_status: int | None
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery. `payload` is the body as it is sent, at each try the same; `version` counts writes.

    `next_ms` is when the next try is due (None when there is none), `due_ms` when the repair looks at it.
    """

    id: str
    endpoint_id: str
    tenant: str
    event_id: str
    type: EventType
    payload: str
    created_ms: int
    next_ms: int | None
    due_ms: int | None
    status: DeliveryStatus = "pending"
    attempts: tuple[Try, ...] = ()
    lease: Lease | None = None
    version: int = 1

    def leased(self, now_ms: int) -> bool:
        """True while somebody's lease on it has not lapsed."""
        return self.lease is not None and self.lease.expires_ms > now_ms


def of_event(event: Event, endpoint: WebhookEndpoint, at_ms: int) -> Delivery:
    """A delivery to begin at `at_ms`, given up at once when the endpoint is disabled, so that it can be sent again.

    Its id follows from that time and the event: made twice it is the same one.
    """
    made = _new(endpoint, event.id, event.type, payload(event), at_ms)
    return made if endpoint.enabled else abandoned(made)


def again(delivery: Delivery, endpoint: WebhookEndpoint, at_ms: int) -> Delivery:
    """A new delivery of the same event under the same message id, with a schedule of its own."""
    return _new(endpoint, delivery.event_id, delivery.type, delivery.payload, max(at_ms, delivery.created_ms + 1))


def _new(endpoint: WebhookEndpoint, event_id: str, kind: EventType, body: str, at_ms: int) -> Delivery:
    name = f"dlv_{at_ms:015d}_{event_id}"
    return Delivery(
        name, endpoint.id, endpoint.tenant, event_id, kind, body, at_ms, next_ms=at_ms, due_ms=at_ms + REPAIR_MS
    )


def payload(event: Event) -> str:
    """The body of a webhook: type, timestamp and data, as Standard Webhooks 1.0 has it."""
    body = {"type": event.type, "timestamp": iso(event.at_ms), "schema_version": SCHEMA_VERSION, "data": event.data}
    return json.dumps(body, separators=(",", ":"), sort_keys=True)


def next_try(tries: int, chance: Chance) -> float | None:
    """Seconds to wait after so many tries; None when they were all."""
    if tries >= len(SCHEDULE_SECONDS):
        return None
    return SCHEDULE_SECONDS[tries] * (1 + JITTER * (2 * chance() - 1))


def claimed(delivery: Delivery, owner: str, now_ms: int, lease_ms: int) -> Delivery:
    """Leased to one sender; when it dies the repair finds the delivery at the lease's end."""
    expires = now_ms + lease_ms
    return _next(delivery, lease=Lease(owner, expires), due_ms=expires)


def tried(delivery: Delivery, one: Try, now_ms: int, chance: Chance, least_seconds: int = 0) -> Delivery:
    """After a try: delivered, to be tried again in `least_seconds` or later, or failed for good."""
    attempts = (*delivery.attempts, one)
    wait = next_try(len(attempts), chance)
    if one.outcome == "delivered" or wait is None:
        status: DeliveryStatus = "delivered" if one.outcome == "delivered" else "failed"
        return _next(delivery, status=status, attempts=attempts, lease=None, next_ms=None, due_ms=None)
    at_ms = now_ms + max(round(wait * 1000), least_seconds * 1000)
    return _next(delivery, attempts=attempts, lease=None, next_ms=at_ms, due_ms=_looked_at(at_ms, now_ms))


def abandoned(delivery: Delivery, *tries: Try) -> Delivery:
    """Given up, for its endpoint takes nothing any more."""
    attempts = (*delivery.attempts, *tries)
    return _next(delivery, status="abandoned", attempts=attempts, lease=None, next_ms=None, due_ms=None)


def _looked_at(next_ms: int, now_ms: int) -> int:
    return next_ms + REPAIR_MS if next_ms - now_ms <= HINT_MS else next_ms


def _next(delivery: Delivery, **changes: object) -> Delivery:
    return replace(delivery, version=delivery.version + 1, **changes)  # type: ignore[arg-type]
