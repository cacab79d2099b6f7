"""HTTP without a socket: what the core takes and gives, whatever carries it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.kling.errors import KlingError

Json = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """One HTTP request; header names are in lower case, the path is decoded."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Json:
        """Return the body as a JSON object; anything else is 1200."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise KlingError(1200, "Request body is not JSON") from error
        if not isinstance(value, dict):
            raise KlingError(1200, "Request body is not a JSON object")
        return value


@dataclass
class Answer:
    """One HTTP answer, and how its delivery goes wrong.

    `length` is the declared Content-Length; None leaves it out and ends the body by closing the connection.
    `silent` sends nothing at all: after `hold_seconds` the connection closes. `cut_at` resets the connection after so
    many body bytes. `pause_seconds` passes before each chunk of the body.
    """

    status: int
    headers: dict[str, str]
    body: Iterable[bytes] = ()
    length: int | None = None
    silent: bool = False
    hold_seconds: float = 0.0
    cut_at: int | None = None
    pause_seconds: float = 0.0


def plain(status: int, content_type: str, body: bytes) -> Answer:
    """Return a whole answer with an honest length."""
    return Answer(status, {"Content-Type": content_type}, [body], len(body))


def html(status: int, title: str) -> Answer:
    """Return what a gateway in between says when it speaks instead of Kling."""
    return plain(status, "text/html", f"<html><head><title>{title}</title></head></html>".encode())


def json_answer(status: int, value: object) -> Answer:
    """Return `value` as JSON."""
    return plain(status, "application/json", json.dumps(value).encode())


def silence(hold_seconds: float) -> Answer:
    """Return no answer: the connection is held for so long and then closed."""
    return Answer(0, {}, silent=True, hold_seconds=hold_seconds)


def envelope(request_id: str, data: object) -> Json:
    """Return the envelope of a success."""
    return {"code": 0, "message": "SUCCEED", "request_id": request_id, "data": data}


def refusal(request_id: str, error: KlingError) -> Answer:
    """Return the envelope of an error; it has no `data` (Kling API contract, envelope)."""
    body = {"code": error.code, "message": error.message, "request_id": request_id}
    return json_answer(error.status, body)
