"""Errors in the description: their shape, and what each code means."""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from reelwright.api.problem import MEDIA_TYPE, TYPES  # brings in the errors that only HTTP knows
from reelwright.domain.errors import ClientError

HEADERS: Final[dict[str, dict[str, Any]]] = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}},
    "RateLimit-Policy": {
        "description": "Requests a minute that the tenant may send (`q` in `w` seconds).",
        "schema": {"type": "string"},
        "example": '"minute";q=60;w=60',
    },
    "RateLimit": {
        "description": "How many of them are left (`r`), and in how many seconds a new minute begins (`t`).",
        "schema": {"type": "string"},
        "example": '"minute";r=0;t=17',
    },
}
SENT_WITH: Final = {"Retry-After": {429, 503}, "RateLimit-Policy": {429}, "RateLimit": {429}}


class FieldFault(BaseModel):
    """A fault of one field: a JSON pointer into the body (or `/` and a parameter's name), and what is wrong."""

    model_config = ConfigDict(extra="forbid")
    pointer: str
    detail: str


class Problem(BaseModel):
    """An error (RFC 9457). Branch on `code`; `type` leads to what it means; support asks for `request_id`."""

    model_config = ConfigDict(extra="forbid")
    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    retryable: bool
    request_id: str
    errors: list[FieldFault] = []


def kinds() -> dict[str, type[ClientError]]:
    """Every error that a client can see, by its code."""
    return {kind.code: kind for kind in sorted(_leaves(ClientError), key=lambda kind: (kind.status, kind.code))}


def explained() -> dict[str, dict[str, object]]:
    """What each code means, for `x-problems`."""
    return {
        code: {"status": kind.status, "title": kind.title, "retryable": kind.retryable, "description": kind.__doc__}
        for code, kind in kinds().items()
    }


def responses(*statuses: int) -> dict[int, Any]:
    """The description of error answers, each with an example for every code it can carry."""
    return {status: _response(status) for status in statuses}


def _response(status: int) -> dict[str, Any]:
    possible = [kind for kind in kinds().values() if kind.status == status]
    examples = {kind.code: {"value": _example(kind)} for kind in possible}
    headers = {name: HEADERS[name] for name, statuses in SENT_WITH.items() if status in statuses}
    content = {MEDIA_TYPE: {"model": Problem, "examples": examples}}
    return {"description": " · ".join(kind.title for kind in possible), "headers": headers, "content": content}


def _example(kind: type[ClientError]) -> dict[str, object]:
    return {
        "type": f"{TYPES}{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": kind.__doc__,
        "instance": "/v1/videos",
        "code": kind.code,
        "retryable": kind.retryable,
        "request_id": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
    }


def _leaves(kind: type[ClientError]) -> Iterator[type[ClientError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _leaves(below)
