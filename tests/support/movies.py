"""MP4 files built box by box, so that each can be wrong in one place."""

import struct
from collections.abc import Iterable


def box(kind: bytes, *payload: bytes, long: bool = False) -> bytes:
    """One box, with a 64-bit size where asked."""
    data = b"".join(payload)
    if long:
        return struct.pack(">I4sQ", 1, kind, len(data) + 16) + data
    return struct.pack(">I4s", len(data) + 8, kind) + data


def full(kind: bytes, *payload: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *payload)


def words(*values: int) -> bytes:
    """Big-endian 32-bit words."""
    return struct.pack(f">{len(values)}I", *values)


FTYP = box(b"ftyp", b"isom", words(512), b"isomiso2avc1mp41")


def mdhd(timescale: int = 12288, version: int = 0) -> bytes:
    """A media header."""
    times = bytes(16) if version else bytes(8)
    return full(b"mdhd", times, words(timescale), bytes(12 if version else 8), version=version)


def stsd(codec: bytes = b"avc1", width: int = 1280, height: int = 720) -> bytes:
    """A sample description with one entry."""
    return full(b"stsd", words(1), box(codec, bytes(24), struct.pack(">HH", width, height), bytes(50)))


def stbl(sizes: Iterable[int], delta: int = 512, fixed: int = 0, description: bytes | None = None) -> bytes:
    """A sample table."""
    listed = list(sizes)
    table = b"" if fixed else words(*listed)
    return box(
        b"stbl",
        stsd() if description is None else description,
        full(b"stts", words(1, len(listed), delta) if listed else words(0)),
        full(b"stsz", words(fixed, len(listed)), table),
    )


def trak(table: bytes, handler: bytes = b"vide", header: bytes | None = None, version: int = 0) -> bytes:
    """A track."""
    tkhd = full(b"tkhd", bytes(16 if version else 8), words(1), bytes(64), version=version)
    hdlr = full(b"hdlr", bytes(4), handler, bytes(13))
    return box(b"trak", tkhd, box(b"mdia", mdhd() if header is None else header, hdlr, box(b"minf", table)))


def moov(*tracks: bytes) -> bytes:
    """An index, of one video track of 120 samples unless told otherwise."""
    return box(b"moov", full(b"mvhd", bytes(96)), *(tracks or (trak(stbl([100] * 120)),)))


def mdat(size: int = 12_000, *, long: bool = False) -> bytes:
    """Media data."""
    return box(b"mdat", bytes(size), long=long)


def fragment(durations: list[int] | None, count: int = 24, track: int = 1, default: int | None = None) -> bytes:
    """A movie fragment with one run; durations each, or the default of the fragment or of the movie."""
    tfhd = full(b"tfhd", words(track), b"" if default is None else words(default), flags=0 if default is None else 0x8)
    if durations is None:
        trun = full(b"trun", words(count, 0), words(*[50] * count), flags=0x1 | 0x200)
    else:
        rows = [value for duration in durations for value in (duration, 50)]
        trun = full(b"trun", words(len(durations), 0), words(*rows), flags=0x1 | 0x100 | 0x200)
    return box(b"moof", full(b"mfhd", words(1)), box(b"traf", tfhd, trun)) + mdat(50 * count)


def fragmented_moov(default_ticks: int = 512) -> bytes:
    """The index of a fragmented file: no samples of its own."""
    trex = full(b"trex", words(1, 1, default_ticks, 0, 0))
    return box(b"moov", full(b"mvhd", bytes(96)), trak(stbl([])), box(b"mvex", trex))
