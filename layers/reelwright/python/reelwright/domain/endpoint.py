"""A tenant's webhook endpoint: where its events go, and under which secrets they are signed."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from reelwright.domain.event import Event, EventType

EndpointStatus = Literal["enabled", "disabled"]
Reason = Literal["", "gone", "failing", "by_tenant"]
"""Why an endpoint is disabled: it answered 410, it failed for days, or its tenant wants it so."""

DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class SecretVersion:
    """One signing secret by its number; it signs until `expires_ms` (epoch milliseconds; None: until replaced).

    `master` is the generation of the master that it is derived from.
    """

    number: int
    created_ms: int
    expires_ms: int | None = None
    master: int = 1


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """One endpoint. `events` empty means all; `failing_since_ms` is the first failure since the last success.

    `version` counts writes. The secrets' texts are derived, so no row holds them.
    """

    id: str
    tenant: str
    url: str
    events: tuple[EventType, ...]
    description: str
    created_ms: int
    secrets: tuple[SecretVersion, ...]
    status: EndpointStatus = "enabled"
    disabled_reason: Reason = ""
    failing_since_ms: int | None = None
    version: int = 1

    @property
    def enabled(self) -> bool:
        """True while deliveries are tried."""
        return self.status == "enabled"

    def wants(self, event: EventType) -> bool:
        """True when events of this type are asked for here, disabled or not."""
        return not self.events or event in self.events

    def live_secrets(self, now_ms: int) -> tuple[SecretVersion, ...]:
        """The secrets that sign now, newest first."""
        live = [one for one in self.secrets if one.expires_ms is None or one.expires_ms > now_ms]
        return tuple(sorted(live, key=lambda one: -one.number))


def rotated(endpoint: WebhookEndpoint, now_ms: int, overlap_ms: int, master: int = 1) -> WebhookEndpoint:
    """A new secret of that master's signs from now on; those before it go on signing for the overlap at most."""
    ends = now_ms + overlap_ms
    before = endpoint.live_secrets(now_ms)
    fading = tuple(replace(one, expires_ms=min(ends, one.expires_ms or ends)) for one in before)
    number = max(one.number for one in endpoint.secrets) + 1
    return _next(endpoint, secrets=(SecretVersion(number, now_ms, master=master), *fading))


def succeeded(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """After a delivery that arrived: the same endpoint when it was not failing."""
    return endpoint if endpoint.failing_since_ms is None else _next(endpoint, failing_since_ms=None)


def failed(endpoint: WebhookEndpoint, now_ms: int, disable_days: int) -> WebhookEndpoint:
    """After a delivery that did not: disabled when it has failed without a success for so many days."""
    if endpoint.failing_since_ms is None:
        return _next(endpoint, failing_since_ms=now_ms)
    if now_ms - endpoint.failing_since_ms < disable_days * DAY_MS:
        return endpoint
    return disabled(endpoint, "failing")


def disabled(endpoint: WebhookEndpoint, reason: Reason) -> WebhookEndpoint:
    """No delivery is tried any more."""
    return _next(endpoint, status="disabled", disabled_reason=reason)


def enabled(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Deliveries are tried again, and past failures are forgotten."""
    return _next(endpoint, status="enabled", disabled_reason="", failing_since_ms=None)


def edited(
    endpoint: WebhookEndpoint,
    *,
    url: str | None = None,
    events: tuple[EventType, ...] | None = None,
    description: str | None = None,
) -> WebhookEndpoint:
    """With what is given replaced; None keeps what is there. Failures of another address are forgotten."""
    moved = url not in {None, endpoint.url}
    return _next(
        endpoint,
        url=endpoint.url if url is None else url,
        failing_since_ms=None if moved else endpoint.failing_since_ms,
        events=endpoint.events if events is None else events,
        description=endpoint.description if description is None else description,
    )


def notice(endpoint: WebhookEndpoint, at_ms: int) -> Event:
    """The event that tells operators of a disabled endpoint; its version makes the id, so doubles are known."""
    kind = EventType.ENDPOINT_DISABLED
    data = {"id": endpoint.id, "reason": endpoint.disabled_reason}
    return Event(f"evt_{endpoint.id}_{endpoint.version}", kind, endpoint.tenant, at_ms, data)


def _next(endpoint: WebhookEndpoint, **changes: object) -> WebhookEndpoint:
    return replace(endpoint, version=endpoint.version + 1, **changes)  # type: ignore[arg-type]
