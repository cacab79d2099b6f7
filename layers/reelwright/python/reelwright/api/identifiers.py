"""Ids and cursors as clients send them."""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from reelwright.domain.errors import FieldError, MalformedRequest, NotFound

_VIDEO: Final = re.compile(r"job_[0-9a-z]{26}")
_MAX_CURSOR: Final = 64


def video_id(text: str) -> str:
    """The id, if it can be one at all. Raises NotFound, as for any video that is not there."""
    if not _VIDEO.fullmatch(text):
        raise NotFound("There is no such video.")
    return text


def cursor(rank: str) -> str:
    """The opaque form of a place in a tenant's own list."""
    return urlsafe_b64encode(rank.encode()).decode().rstrip("=")


def rank(text: str) -> str:
    """The place that a cursor stands for. Raises MalformedRequest.

    A forged cursor gains nothing: it is only ever looked up in the caller's own list.
    """
    try:
        place = urlsafe_b64decode(f"{text[:_MAX_CURSOR]}==").decode("ascii")
    except (binascii.Error, ValueError):
        place = ""
    if not _VIDEO.fullmatch(place):
        detail = "not a cursor that this API gave"
        raise MalformedRequest(f"cursor: {detail}", errors=(FieldError("/cursor", detail),))
    return place
