"""Ids and cursors as clients send them."""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from reelwright.domain.errors import FieldError, MalformedRequest, NotFound

_VIDEO: Final = re.compile(r"job_[0-9a-z]{26}")
_ENDPOINT: Final = re.compile(r"whe_[0-9a-z]{26}")
_DELIVERY: Final = re.compile(r"dlv_[0-9]{15}_evt_[0-9a-z]{26}(_[a-z]{1,16})?")
_MAX_CURSOR: Final = 128


def video_id(text: str) -> str:
    """The id, if it can be one at all. Raises NotFound, as for any video that is not there."""
    return _possible(_VIDEO, text, "video")


def endpoint_id(text: str) -> str:
    """The same for a webhook endpoint."""
    return _possible(_ENDPOINT, text, "webhook endpoint")


def delivery_id(text: str) -> str:
    """The same for a delivery."""
    return _possible(_DELIVERY, text, "delivery")


def cursor(rank: str) -> str:
    """The opaque form of a place in a tenant's own list."""
    return urlsafe_b64encode(rank.encode()).decode().rstrip("=")


def rank(text: str) -> str:
    """The place in the list of videos that a cursor stands for. Raises MalformedRequest.

    A forged cursor gains nothing: it is only ever looked up in the caller's own list.
    """
    return _place(_VIDEO, text)


def delivery_rank(text: str) -> str:
    """The same in the list of an endpoint's deliveries."""
    return _place(_DELIVERY, text)


def _possible(kind: re.Pattern[str], text: str, called: str) -> str:
    if not kind.fullmatch(text):
        raise NotFound(f"There is no such {called}.")
    return text


def _place(kind: re.Pattern[str], text: str) -> str:
    try:
        place = urlsafe_b64decode(f"{text[:_MAX_CURSOR]}==").decode("ascii")
    except (binascii.Error, ValueError):
        place = ""
    if not kind.fullmatch(place):
        detail = "not a cursor that this API gave"
        raise MalformedRequest(f"cursor: {detail}", errors=(FieldError("/cursor", detail),))
    return place
