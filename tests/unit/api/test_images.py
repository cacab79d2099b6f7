import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.api.image_header import image_header
from reelwright.api.images import MAX_IMAGE_BYTES, inline_image
from reelwright.domain.errors import ClientError


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", width, height) + b"\x08\x02\x00\x00\x00"


def jpeg(width: int, height: int, marker: int = 0xC2) -> bytes:
    """A JPEG's head: an application segment, a fill byte, a restart marker, then the frame."""
    segment = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00" + bytes(9)
    frame = bytes((0xFF, marker)) + struct.pack(">HBHHB", 17, 8, height, width, 3)
    return b"\xff\xd8" + segment + b"\xff" + b"\xff\xd0" + frame + bytes(20)


def status(text: str) -> int:
    try:
        inline_image("image", text)
    except ClientError as error:
        return error.status if error.errors[0].pointer == "/image" else 0
    return 200


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("data", [png(640, 480), jpeg(640, 480), jpeg(640, 480, 0xC0)])
def test_the_size_is_read_from_the_header(data: bytes) -> None:
    """Both kinds tell their pixels without being decoded."""
    header = image_header(data)
    assert header is not None
    assert (header.width, header.height) == (640, 480)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(300, 750), 200),
        (png(750, 300), 200),
        (png(300, 751), 422),
        (png(299, 400), 422),
        (png(0, 0), 422),
        (b"GIF89a" + bytes(20), 422),
        (b"\xff\xd8\xff", 422),
        (png(640, 480) + bytes(MAX_IMAGE_BYTES), 413),
    ],
)
def test_kling_s_limits_are_ours(data: bytes, expected: int) -> None:
    """Kind, pixels and ratio are what Kling takes; size is what fits into one call."""
    assert status(text(data)) == expected


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("https://images.example.com/fox.png", 200),
        ("http://images.example.com/fox.png", 400),
        ("https://127.0.0.1/fox.png", 400),
        ("https://metadata.internal/x", 400),
        ("data:image/png;base64,AAAA", 400),
        ("not base64!", 400),
        ("é", 400),
        ("inputs/job_1/image", 400),
    ],
)
def test_an_address_is_public_https_or_refused(given_text: str, expected: int) -> None:
    """Nothing that could lead into our own network is passed on, and a data: prefix is explained."""
    assert status(given_text) == expected


@given(data=st.binary(max_size=300), prefix=st.sampled_from([b"", b"\xff\xd8\xff", png(1, 1)[:16], jpeg(9, 9)[:30]]))
def test_any_bytes_have_a_header_or_none(data: bytes, prefix: bytes) -> None:
    """Reading ends, whatever follows a plausible beginning."""
    header = image_header(prefix + data)
    assert header is None or header.content_type in {"image/png", "image/jpeg"}
