"""From a request to a checked `VideoRequest`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from reelwright.api.idempotency import fingerprint
from reelwright.api.raw_body import demand_json, raw_body
from reelwright.api.strict_json import loads
from reelwright.api.video_request import VideoRequest
from reelwright.domain.errors import FieldError, MalformedRequest

MOST_ERRORS: Final = 20
LONGEST_POINTER: Final = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """The request and the fingerprint of its body."""

    request: VideoRequest
    fingerprint: str


def read(event: Mapping[str, Any]) -> Reading:
    """The request in an event. Raises MalformedRequest, PayloadTooLarge, UnsupportedMediaType."""
    demand_json(event.get("headers") or {})
    body = loads(raw_body(event))
    try:
        return Reading(VideoRequest.model_validate(body), fingerprint(body))
    except ValidationError as error:
        faults = _faults(error)
        raise MalformedRequest(f"{faults[0].pointer}: {faults[0].detail}", errors=faults) from None


def _faults(error: ValidationError) -> tuple[FieldError, ...]:
    """Where and what, without repeating anything that was sent."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(FieldError(_pointer(one["loc"]), one["msg"]) for one in found[:MOST_ERRORS])


def _pointer(location: tuple[int | str, ...]) -> str:
    """A JSON pointer (RFC 6901); Pydantic's marker for a key of a map is not part of it."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in location if part != "[key]"]
    return "/" + "/".join(parts)[:LONGEST_POINTER]
