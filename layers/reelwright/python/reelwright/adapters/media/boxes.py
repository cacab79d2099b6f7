"""Boxes of an ISO base media file (ISO/IEC 14496-12), in memory."""

import struct
from collections.abc import Iterator


class BadVideo(Exception):
    """The bytes are not a whole, playable MP4; the message says what is wrong."""


def children(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """The boxes that lie in `data`, as type and payload. Raises BadVideo when sizes contradict each other."""
    at = 0
    while at < len(data):
        kind, header, size = read_header(data[at : at + 16])
        end = len(data) if size == 0 else at + size
        if end > len(data):
            raise BadVideo("a box is larger than what holds it")
        yield kind, data[at + header : end]
        at = end


def read_header(data: memoryview | bytes) -> tuple[bytes, int, int]:
    """Type, header length and whole length of a box; length 0 means "to the end". Raises BadVideo."""
    if len(data) < 8:  # noqa: PLR2004 - the shortest header
        raise BadVideo("a box is cut off")
    size, kind = struct.unpack_from(">I4s", data)
    header = 8
    if size == 1:
        if len(data) < 16:  # noqa: PLR2004 - a header with a 64-bit size
            raise BadVideo("a box is cut off")
        header, size = 16, struct.unpack_from(">Q", data, 8)[0]
    if size != 0 and size < header:
        raise BadVideo("a box is smaller than its header")
    return kind, header, size


def find(data: memoryview, *path: bytes) -> memoryview | None:
    """The payload of the first box at `path`, or None."""
    for name in path:
        inner = next((payload for kind, payload in children(data) if kind == name), None)
        if inner is None:
            return None
        data = inner
    return data


def need(data: memoryview, *path: bytes) -> memoryview:
    """The payload of the first box at `path`. Raises BadVideo."""
    found = find(data, *path)
    if found is None:
        raise BadVideo(f"there is no {'/'.join(name.decode('latin-1') for name in path)}")
    return found


def unpack(layout: str, data: memoryview, at: int = 0) -> tuple[int, ...]:
    """`struct.unpack_from`, big-endian. Raises BadVideo when the box is too short."""
    try:
        return struct.unpack_from(">" + layout, data, at)
    except struct.error:
        raise BadVideo("a box is too short") from None
