"""Input images: a link, or raw base64 of a PNG or JPEG (Kling API contract, section on legacy endpoints)."""

import base64
import binascii
import struct

from tests.simulators.kling.errors import bad_value

MAX_BYTES = 10 * 1024 * 1024
MIN_SIDE = 300
MAX_RATIO = 2.5
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_size(value: str, name: str) -> tuple[int, int] | None:
    """Return width and height in pixels of base64 data, None for a link, 1201 for anything else."""
    if value.startswith(("http://", "https://")):
        return None
    try:
        data = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise bad_value(f"{name} must be a URL or raw base64 without a data: prefix") from error
    if len(data) > MAX_BYTES:
        raise bad_value(f"{name} must not exceed 10 MB")
    size = _png_size(data) if data.startswith(PNG) else _jpeg_size(data)
    if size is None:
        raise bad_value(f"{name} must be a PNG or JPEG")
    return size


def size_fault(size: tuple[int, int] | None) -> str:
    """Return the text of the asynchronous failure that such an image meets, or an empty string."""
    if size is None:
        return ""
    width, height = size
    if min(size) < MIN_SIDE:
        return "Image pixel is invalid"
    return "Image aspect ratio is invalid" if max(width / height, height / width) > MAX_RATIO else ""


def nearest_ratio(size: tuple[int, int] | None) -> str:
    """Return the aspect ratio that the clip of such an image gets; 16:9 for a link that nobody opened."""
    if size is None:
        return "16:9"
    shape = size[0] / size[1]
    return min({"16:9": 16 / 9, "1:1": 1.0, "9:16": 9 / 16}.items(), key=lambda pair: abs(pair[1] - shape))[0]


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Return the size that a PNG header states."""
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return (width, height) if width and height else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return the size that a JPEG's frame header states, walking the segments before it."""
    at = 2
    while data.startswith(JPEG) and at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker in START_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + length
    return None
