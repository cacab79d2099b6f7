"""Request bodies, read whole within the limit that an HTTP API sets."""

from email.message import Message
from http import HTTPStatus
from io import BufferedIOBase

from local.front_door.problems import Refusal


def body_of(headers: Message, stream: BufferedIOBase, limit_bytes: int) -> bytes | None:
    """The request's body, None where there is none. Raises Refusal, after which the connection is of no use."""
    if headers["Transfer-Encoding"]:
        raise Refusal(HTTPStatus.LENGTH_REQUIRED, "length_required", "Send a Content-Length, not chunks")
    length = headers["Content-Length"]
    if length is None:
        return None
    if not (length.isascii() and length.isdigit()):
        raise Refusal(HTTPStatus.BAD_REQUEST, "malformed", "Content-Length is not a number")
    if int(length) > limit_bytes:
        raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", f"The body exceeds {limit_bytes} bytes")
    return stream.read(int(length))
