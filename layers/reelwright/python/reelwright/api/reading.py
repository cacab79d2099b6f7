"""From a request to a checked body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reelwright.api.idempotency import fingerprint
from reelwright.api.raw_body import demand_json, raw_body
from reelwright.api.request_schema import shaped
from reelwright.api.strict_json import loads
from reelwright.domain.errors import FieldError, MalformedRequest

if TYPE_CHECKING:
    from reelwright.api.video_request import VideoRequest
    from reelwright.api.webhook_requests import SecretRotation, WebhookChange, WebhookCreation

MOST_ERRORS: Final = 20
LONGEST_POINTER: Final = 200
SMALL_BODY_BYTES: Final = 32_768
"""More than any request without an image needs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The request and the fingerprint of its body."""

    request: "VideoRequest"
    fingerprint: str


def read(event: Mapping[str, Any]) -> Reading:
    """The request for a video. Raises MalformedRequest, PayloadTooLarge, UnsupportedMediaType."""
    demand_json(event.get("headers") or {})
    body = loads(raw_body(event))
    return Reading(_checked("video_request", body), fingerprint(body))


def webhook_creation(event: Mapping[str, Any]) -> "WebhookCreation":
    """The endpoint that is to be made. Raises as `read` does."""
    request: WebhookCreation = _small("webhook_creation", event)
    return request


def webhook_change(event: Mapping[str, Any]) -> "WebhookChange":
    """What is to be different about an endpoint. Raises as `read` does."""
    request: WebhookChange = _small("webhook_change", event)
    return request


def secret_rotation(event: Mapping[str, Any]) -> "SecretRotation":
    """How a secret is to be replaced; no body means the defaults. Raises as `read` does."""
    request: SecretRotation = _small("secret_rotation", event) if event.get("body") else _checked("secret_rotation", {})
    return request


def _small(shape: str, event: Mapping[str, Any]) -> Any:
    demand_json(event.get("headers") or {})
    return _checked(shape, loads(raw_body(event, SMALL_BODY_BYTES)))


def _checked(shape: str, body: Mapping[str, object]) -> Any:
    request, found = shaped(shape, body)
    if found:
        faults = tuple(FieldError(one.pointer[: LONGEST_POINTER + 1], one.detail) for one in found[:MOST_ERRORS])
        raise MalformedRequest(f"{faults[0].pointer}: {faults[0].detail}", errors=faults)
    return request
