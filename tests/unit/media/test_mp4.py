import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.media.boxes import BadVideo
from reelwright.adapters.media.mp4 import MAX_INDEX_BYTES, Scanner
from reelwright.domain.asset import VideoFacts
from tests.support.movies import FTYP, box, fragment, fragmented_moov, full, mdat, mdhd, moov, stbl, stsd, trak, words

FACTS = VideoFacts("avc1", 1280, 720, 5000, 120)
SOUND = trak(stbl([10] * 5), handler=b"soun")
WHOLE = {
    "index first": FTYP + moov() + mdat(),
    "index last": FTYP + mdat() + moov(),
    "64-bit sizes": FTYP + mdat(long=True) + box(b"moov", moov()[8:], long=True),
    "data to the end": FTYP + moov() + words(0) + b"mdat" + bytes(12_000),
    "free boxes around": FTYP + box(b"free") + moov() + box(b"free", bytes(9)) + mdat() + box(b"free", long=True),
    "sound track first": FTYP + moov(SOUND, trak(stbl([99] * 120))) + mdat(),
    "one size for all": FTYP + moov(trak(stbl([1] * 120, fixed=100))) + mdat(),
    "version 1 headers": FTYP + moov(trak(stbl([100] * 120), header=mdhd(version=1), version=1)) + mdat(),
    "two data boxes": FTYP + moov() + mdat(6000) + mdat(6000),
}
HUGE = struct.pack(">I4s", 1, b"moov") + struct.pack(">Q", 1 << 62)
BROKEN = {
    "nothing": b"",
    "a page": b"<!DOCTYPE html><html><body>Not found</body></html>",
    "no ftyp": moov() + mdat(),
    "no moov": FTYP + mdat(),
    "cut in the data": (FTYP + moov() + mdat())[:-1],
    "cut in the index": (FTYP + mdat() + moov())[:-1],
    "cut in a header": FTYP + moov() + mdat() + b"\0\0\0",
    "cut in a long header": FTYP + moov() + mdat() + struct.pack(">I4sI", 1, b"free", 0),
    "data missing at a box's end": FTYP + moov() + mdat(11_999),
    "a box smaller than its header": FTYP + struct.pack(">I4s", 7, b"free") + moov() + mdat(),
    "a long box smaller than its header": FTYP + struct.pack(">I4sQ", 1, b"free", 15) + moov() + mdat(),
    "an endless index": FTYP + words(0) + b"moov" + moov()[8:],
    "a huge index": FTYP + HUGE,
    "an index over the cap": FTYP + struct.pack(">I4s", MAX_INDEX_BYTES + 9, b"moov"),
    "too many boxes": FTYP + box(b"free") * 20_001,
    "sound only": FTYP + moov(SOUND) + mdat(),
    "no track": FTYP + box(b"moov", full(b"mvhd", bytes(96))) + mdat(),
    "no samples": FTYP + moov(trak(stbl([]))) + mdat(),
    "no time scale": FTYP + moov(trak(stbl([100] * 120), header=mdhd(0))) + mdat(),
    "no duration": FTYP + moov(trak(stbl([100] * 120, delta=0))) + mdat(),
    "days of duration": FTYP + moov(trak(stbl([100] * 120, delta=1 << 31), header=mdhd(1))) + mdat(),
    "no width": FTYP + moov(trak(stbl([100] * 120, description=stsd(width=0)))) + mdat(),
    "no description": FTYP + moov(trak(stbl([100] * 120, description=full(b"stsd", words(0))))) + mdat(),
    "a child larger than its parent": FTYP + box(b"moov", words(900) + b"trak") + mdat(),
    "a table larger than its box": FTYP
    + moov(trak(stbl([1]).replace(full(b"stsz", words(0, 1), words(1)), full(b"stsz", words(0, 1 << 31)))))
    + mdat(),
    "a short child": FTYP + box(b"moov", box(b"trak", box(b"mdia", full(b"hdlr")))) + mdat(),
    "an empty fragmented file": FTYP + fragmented_moov(),
    "a fragment cut off": FTYP
    + fragmented_moov()
    + box(b"moof", box(b"traf", full(b"tfhd", words(1)), full(b"trun", words(99), flags=0x100))),
}


def scan(data: bytes, step: int = 1 << 16) -> VideoFacts:
    """Feed in pieces and finish."""
    scanner = Scanner()
    for at in range(0, len(data), step):
        scanner.feed(data[at : at + step])
    return scanner.finish()


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("step", [1, 7, 1 << 16])
def test_a_whole_file_tells_its_facts(name: str, step: int) -> None:
    """However its boxes lie and however it is cut into pieces."""
    assert scan(WHOLE[name], step) == FACTS


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("step", [3, 1 << 16])
def test_a_broken_file_is_refused(name: str, step: int) -> None:
    """Each with BadVideo, never with another error."""
    with pytest.raises(BadVideo):
        scan(BROKEN[name], step)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("its own durations", [fragment([512] * 24) for _ in range(5)]),
        ("the movie's default", [fragment(None) for _ in range(5)]),
        ("the fragment's default", [fragment(None, default=512) for _ in range(5)]),
        ("another track between", [fragment(None), fragment(None, track=2), *[fragment(None) for _ in range(4)]]),
    ],
)
def test_a_fragmented_file_adds_its_fragments_up(name: str, parts: list[bytes]) -> None:
    """Samples and time come from the runs of the video track."""
    assert scan(FTYP + fragmented_moov() + b"".join(parts)) == FACTS, name


def test_the_index_remembers_where_it_stood() -> None:
    """So that a sparse copy can hold it at its true place."""
    scanner = Scanner()
    scanner.feed(FTYP + mdat() + moov())
    assert scanner.moov is not None
    assert scanner.moov.at == len(FTYP + mdat())
    assert scanner.moov.data == moov()


@given(st.data())
def test_no_damage_breaks_the_scanner(data: st.DataObject) -> None:
    """Bytes changed anywhere give facts or BadVideo."""
    damaged = bytearray(WHOLE["index first"][:2000])
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        scan(bytes(damaged) + bytes(12_000), 512)
    except BadVideo:
        return


@given(st.binary(max_size=300))
def test_no_index_breaks_the_reader(payload: bytes) -> None:
    """Nor does any payload of `moov`."""
    with pytest.raises(BadVideo):
        scan(FTYP + box(b"moov", payload) + mdat())
