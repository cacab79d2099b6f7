"""Errors as `application/problem+json` (RFC 9457)."""

from typing import Any, Final
from urllib.parse import quote

from aws_lambda_powertools.event_handler import Response

from reelwright.api.answers import answer
from reelwright.api.errors import MethodNotAllowed
from reelwright.api.rate_limit import used_up
from reelwright.domain.errors import ClientError, TooManyRequests, Unauthenticated, Unavailable

MEDIA_TYPE: Final = "application/problem+json"
TYPES: Final = "/v1/openapi.json#/x-problems/"
"""Where each code is explained: a JSON pointer into the API's own description, so that the address resolves."""

RETRY_SECONDS: Final = 5
"""When to come back after a passing trouble that does not know its own end."""


def problem(error: ClientError, request_id: str, path: str) -> Response[Any]:
    """The answer to a fault of the caller's, or to a passing one of ours."""
    return answer(body(error, request_id, path), status=error.status, headers=_headers(error), content_type=MEDIA_TYPE)


def body(error: ClientError, request_id: str, path: str) -> dict[str, object]:
    """The members of the problem; `errors` is there only when fields are to blame."""
    members: dict[str, object] = {
        "type": f"{TYPES}{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "instance": quote(path[:200], errors="replace"),
        "code": error.code,
        "retryable": error.retryable,
        "request_id": request_id,
    }
    if error.errors:
        members["errors"] = [{"pointer": fault.pointer, "detail": fault.detail} for fault in error.errors]
    return members


def _headers(error: ClientError) -> dict[str, str]:
    headers: dict[str, str] = {}
    seconds = error.retry_after_seconds
    if seconds is None and isinstance(error, TooManyRequests | Unavailable):
        seconds = RETRY_SECONDS
    if seconds is not None:
        headers["Retry-After"] = str(max(1, seconds))
    if isinstance(error, TooManyRequests):
        headers |= used_up(error)
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="reelwright"'
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(error.allow)
    return headers
