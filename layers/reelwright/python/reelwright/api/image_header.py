"""Size and kind of an image, read from its first bytes; nothing is decoded."""

from dataclasses import dataclass
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
_PNG_HEAD: Final = 24
_JPEG: Final = b"\xff\xd8\xff"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that start a frame and so tell its size."""

_BARE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""JPEG markers without a length."""


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What an image says about itself, in pixels."""

    content_type: str
    width: int
    height: int


def image_header(data: bytes) -> ImageHeader | None:
    """The header of a PNG or JPEG; None for anything else."""
    if data.startswith(_PNG) and len(data) >= _PNG_HEAD:
        return ImageHeader("image/png", _number(data[16:20]), _number(data[20:24]))
    return _jpeg(data) if data.startswith(_JPEG) else None


def _jpeg(data: bytes) -> ImageHeader | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every JPEG marker starts so
        marker = data[at + 1]
        if marker in _FRAMES:
            return ImageHeader("image/jpeg", _number(data[at + 7 : at + 9]), _number(data[at + 5 : at + 7]))
        at += _segment(marker, data[at + 2 : at + 4])
    return None


def _segment(marker: int, length: bytes) -> int:
    """How far the next marker is; fill bytes and bare markers have no length of their own."""
    if marker == 0xFF:  # noqa: PLR2004 - a fill byte
        return 1
    return 2 if marker in _BARE else 2 + max(2, _number(length))


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")
