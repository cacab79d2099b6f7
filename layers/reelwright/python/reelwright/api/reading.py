"""From a request to a checked `VideoRequest`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reelwright.api.idempotency import fingerprint
from reelwright.api.raw_body import demand_json, raw_body
from reelwright.api.request_schema import video_request
from reelwright.api.strict_json import loads
from reelwright.domain.errors import FieldError, MalformedRequest

if TYPE_CHECKING:
    from reelwright.api.video_request import VideoRequest

MOST_ERRORS: Final = 20
LONGEST_POINTER: Final = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """The request and the fingerprint of its body."""

    request: "VideoRequest"
    fingerprint: str


def read(event: Mapping[str, Any]) -> Reading:
    """The request in an event. Raises MalformedRequest, PayloadTooLarge, UnsupportedMediaType."""
    demand_json(event.get("headers") or {})
    body = loads(raw_body(event))
    request, found = video_request(body)
    if found:
        faults = tuple(FieldError(one.pointer[: LONGEST_POINTER + 1], one.detail) for one in found[:MOST_ERRORS])
        raise MalformedRequest(f"{faults[0].pointer}: {faults[0].detail}", errors=faults)
    return Reading(request, fingerprint(body))
