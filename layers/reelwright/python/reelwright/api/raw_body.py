"""The bytes of a request's body, whatever way API Gateway wrapped them."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Final

from reelwright.domain.errors import MalformedRequest, PayloadTooLarge, UnsupportedMediaType

MAX_BODY_BYTES: Final = 5_900_000
"""Lambda takes 6 MiB in one call, the event around the body included: one 4 MiB image in base64 and its request."""


def raw_body(event: Mapping[str, Any], max_bytes: int = MAX_BODY_BYTES) -> bytes:
    """The body. Raises PayloadTooLarge; MalformedRequest for text that is no Unicode or no base64."""
    text = event.get("body") or ""
    if len(text) > max_bytes * 2:
        raise PayloadTooLarge(_too_large(max_bytes))
    try:
        data = b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
    except (binascii.Error, ValueError):
        raise MalformedRequest("The body is not valid UTF-8.") from None
    if len(data) > max_bytes:
        raise PayloadTooLarge(_too_large(max_bytes))
    return bytes(data)


def demand_json(headers: Mapping[str, str]) -> None:
    """Raise UnsupportedMediaType unless the body is announced as JSON."""
    announced = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    if announced.split(";", 1)[0].strip().lower() != "application/json":
        raise UnsupportedMediaType("Send the body as `Content-Type: application/json`.")


def _too_large(max_bytes: int) -> str:
    hint = "; give larger images by address" if max_bytes == MAX_BODY_BYTES else ""
    return f"The body may have at most {max_bytes} bytes{hint}."
