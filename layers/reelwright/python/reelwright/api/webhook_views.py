"""Webhook endpoints and deliveries as clients see them."""

import json

from reelwright.api.views import View
from reelwright.domain.delivery import Delivery, Try
from reelwright.domain.endpoint import SecretVersion, WebhookEndpoint
from reelwright.domain.times import iso


def webhook(endpoint: WebhookEndpoint, now_ms: int) -> View:
    """An endpoint with what is known of its secrets, but not their texts."""
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "events": [str(kind) for kind in endpoint.events],
        "description": endpoint.description,
        "status": endpoint.status,
        "disabled_reason": endpoint.disabled_reason or None,
        "failing_since": _time(endpoint.failing_since_ms),
        "created_at": iso(endpoint.created_ms),
        "secrets": [_secret(one) for one in endpoint.live_secrets(now_ms)],
    }


def delivery(one: Delivery) -> View:
    """A delivery with its tries and the message that it carries."""
    return {
        "id": one.id,
        "event_id": one.event_id,
        "type": str(one.type),
        "status": one.status,
        "created_at": iso(one.created_ms),
        "next_attempt_at": _time(one.next_ms),
        "attempts": [_attempt(attempt) for attempt in one.attempts],
        "message": json.loads(one.payload),
    }


def _secret(version: SecretVersion) -> View:
    return {
        "number": version.number,
        "created_at": iso(version.created_ms),
        "expires_at": _time(version.expires_ms),
    }


def _attempt(one: Try) -> View:
    return {"at": iso(one.at_ms), "outcome": one.outcome, "status": one.http_status, "duration_ms": one.duration_ms}


def _time(at_ms: int | None) -> str | None:
    return None if at_ms is None else iso(at_ms)
