"""Answers: JSON with the headers that every one of them carries."""

import json
from collections.abc import Mapping
from typing import Any, Final

from aws_lambda_powertools.event_handler import Response

PRIVATE: Final = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
JSON: Final = "application/json"


def render(body: object) -> str:
    """The body as compact JSON in plain ASCII."""
    return json.dumps(body, separators=(",", ":"))


def answer(
    body: object, *, status: int = 200, headers: Mapping[str, str] | None = None, content_type: str = JSON
) -> Response[Any]:
    """An answer; a body that is text already goes out as it is."""
    text = body if isinstance(body, str) else render(body)
    return Response(status, content_type, text, headers=PRIVATE | dict(headers or {}))


def not_modified(etag: str, headers: Mapping[str, str]) -> Response[Any]:
    """304: what the client has is still right."""
    return Response(304, None, "", headers=PRIVATE | {"ETag": etag} | dict(headers))


def no_content() -> Response[Any]:
    """204: it is done, and there is nothing to tell."""
    return Response(204, None, "", headers=dict(PRIVATE))
