"""Images of a request: an address that may be fetched, or bytes in base64 that Kling will take.

Kling's own limits are 10 MB, 300 pixels a side and ratios from 1:2.5 to 2.5:1 (Kling API contract, legacy
endpoints); inline we take 4 MiB, because the whole request must fit into one call of a Lambda function.
"""

import binascii
from base64 import b64decode
from typing import Final

from reelwright.api.image_header import ImageHeader, image_header
from reelwright.domain.errors import ClientError, FieldError, MalformedRequest, PayloadTooLarge, Unprocessable
from reelwright.use_cases.submit import InlineImage

MAX_IMAGE_BYTES: Final = 4 * 1024 * 1024
LEAST_PIXELS: Final = 300
WIDEST: Final = 2.5
INLINE: Final = "inline"
"""Stands for an image in a generation until the image has its place in the bucket."""


def inline_image(field: str, text: str | None) -> InlineImage | None:
    """The bytes of an image that came inline; None for an address, which is checked.

    Raises MalformedRequest, PayloadTooLarge, Unprocessable, each naming the field.
    """
    if text is None:
        return None
    if ":" in text[:16]:
        _check_address(field, text)
        return None
    data = _decode(field, text)
    return InlineImage(field, data, _usable(field, data).content_type)


def _check_address(field: str, url: str) -> None:
    from reelwright.adapters.media.guard import RefusedAddress, check_url  # noqa: PLC0415 - addresses alone need it

    if url.startswith("data:"):
        raise _fault(MalformedRequest, field, "send the base64 alone, without a data: prefix")
    try:
        check_url(url)
    except RefusedAddress as error:
        raise _fault(MalformedRequest, field, f"this address cannot be used: {error}") from None


def _decode(field: str, text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _fault(MalformedRequest, field, "neither an https address nor base64") from None
    if len(data) > MAX_IMAGE_BYTES:
        raise _fault(PayloadTooLarge, field, f"at most {MAX_IMAGE_BYTES} bytes inline; give larger images by address")
    return data


def _usable(field: str, data: bytes) -> ImageHeader:
    header = image_header(data)
    if header is None:
        raise _fault(Unprocessable, field, "neither a JPEG nor a PNG")
    if min(header.width, header.height) < LEAST_PIXELS:
        raise _fault(Unprocessable, field, f"each side needs at least {LEAST_PIXELS} pixels")
    if max(header.width, header.height) > WIDEST * min(header.width, header.height):
        raise _fault(Unprocessable, field, "the ratio of its sides lies outside 1:2.5 to 2.5:1")
    return header


def _fault(kind: type[ClientError], field: str, detail: str) -> ClientError:
    return kind(f"{field}: {detail}", errors=(FieldError(f"/{field}", detail),))
