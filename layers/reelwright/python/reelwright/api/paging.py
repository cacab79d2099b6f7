"""The query string of a list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reelwright.api.identifiers import delivery_rank, rank
from reelwright.domain.errors import FieldError, MalformedRequest
from reelwright.domain.status import Status

DEFAULT_LIMIT: Final = 20
MAX_LIMIT: Final = 100


@dataclass(frozen=True, slots=True)
class Paging:
    """What part of a list is asked for."""

    status: Status | None
    limit: int
    before_rank: str | None


def paging(query: Mapping[str, str]) -> Paging:
    """The part that is asked for. Raises MalformedRequest naming the parameter."""
    place = query.get("cursor")
    return Paging(_status(query.get("status")), _limit(query.get("limit")), rank(place) if place is not None else None)


def log_paging(query: Mapping[str, str]) -> Paging:
    """The part of an endpoint's deliveries that is asked for. Raises MalformedRequest naming the parameter."""
    place = query.get("cursor")
    return Paging(None, _limit(query.get("limit")), delivery_rank(place) if place is not None else None)


def _status(text: str | None) -> Status | None:
    if text is None:
        return None
    if text not in set(map(str, Status)):
        raise _refused("status", f"one of {', '.join(Status)}")
    return Status(text)


def _limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= MAX_LIMIT:
        raise _refused("limit", f"a whole number from 1 to {MAX_LIMIT}")
    return int(text)


def _refused(name: str, allowed: str) -> MalformedRequest:
    return MalformedRequest(f"{name} must be {allowed}", errors=(FieldError(f"/{name}", allowed),))
