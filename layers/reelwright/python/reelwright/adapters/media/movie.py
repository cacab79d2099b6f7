"""Facts about the video track, read from `moov` and, in a fragmented file, from its `moof` boxes."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sys import byteorder

from reelwright.adapters.media.boxes import BadVideo, children, find, need, unpack
from reelwright.domain.asset import VideoFacts

_MAX_DURATION_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Movie:
    """What the container says: the video track's facts, and how many bytes all samples take that `moov` lists."""

    video: VideoFacts
    sample_bytes: int


def read_movie(moov: bytes, fragments: Iterable[bytes]) -> Movie:
    """Read the first video track. Raises BadVideo when there is none, or nothing in it."""
    whole = memoryview(moov)
    tracks = [payload for kind, payload in children(whole) if kind == b"trak"]
    track = next((track for track in tracks if _is_video(track)), None)
    if track is None:
        raise BadVideo("there is no video track")
    stbl = need(track, b"mdia", b"minf", b"stbl")
    frames, ticks = _sample_count(stbl), _ticks(stbl)
    more = [_run_totals(memoryview(moof), _track_id(track), _default_ticks(whole, track)) for moof in fragments]
    frames, ticks = frames + sum(count for count, _ in more), ticks + sum(ticks_ for _, ticks_ in more)
    facts = _facts(track, stbl, frames, ticks)
    return Movie(facts, sum(map(_sample_bytes, tracks)))


def _facts(track: memoryview, stbl: memoryview, frames: int, ticks: int) -> VideoFacts:
    codec, width, height = _sample_entry(stbl)
    duration_ms = ticks * 1000 // _timescale(track)
    if not (frames and width and height and 0 < duration_ms <= _MAX_DURATION_MS):
        raise BadVideo("the video track is empty")
    return VideoFacts(codec, width, height, duration_ms, frames)


def _is_video(track: memoryview) -> bool:
    handler = need(track, b"mdia", b"hdlr")
    return bytes(handler[8:12]) == b"vide"


def _sample_entry(stbl: memoryview) -> tuple[str, int, int]:
    """Codec's four-character code, width and height of the first sample description."""
    _, entry = next(children(need(stbl, b"stsd")[8:]), (b"", memoryview(b"")))
    kind = bytes(need(stbl, b"stsd")[12:16])
    width, height = unpack("HH", entry, 24)
    return kind.decode("ascii", "replace").strip(), width, height


def _timescale(track: memoryview) -> int:
    mdhd = need(track, b"mdia", b"mdhd")
    (scale,) = unpack("I", mdhd, 20 if unpack("B", mdhd)[0] == 1 else 12)
    if not scale:
        raise BadVideo("the track has no time scale")
    return scale


def _track_id(track: memoryview) -> int:
    tkhd = need(track, b"tkhd")
    return unpack("I", tkhd, 20 if unpack("B", tkhd)[0] == 1 else 12)[0]


def _sample_count(stbl: memoryview) -> int:
    fixed, count = unpack("II", need(stbl, b"stsz"), 4)
    if not fixed and 4 * count > len(need(stbl, b"stsz")) - 12:
        raise BadVideo("the sample table is cut off")
    return count


def _sample_bytes(track: memoryview) -> int:
    stbl = need(track, b"mdia", b"minf", b"stbl")
    sizes = find(stbl, b"stsz")
    if sizes is None:
        return 0
    fixed, count = unpack("II", sizes, 4)
    return fixed * count if fixed else sum(_words(sizes[12 : 12 + 4 * _sample_count(stbl)]))


def _ticks(stbl: memoryview) -> int:
    """Duration by the time-to-sample table, in the track's time scale."""
    table = need(stbl, b"stts")
    (entries,) = unpack("I", table, 4)
    words = _words(table[8 : 8 + 8 * min(entries, (len(table) - 8) // 8)])
    return sum(count * delta for count, delta in zip(words[::2], words[1::2], strict=True))


def _words(data: memoryview) -> "array[int]":
    words = array("I", bytes(data))
    if byteorder == "little":
        words.byteswap()
    return words


def _default_ticks(moov: memoryview, track: memoryview) -> int:
    """Duration of a fragment's sample that does not state its own, from `trex`."""
    mvex = find(moov, b"mvex")
    for kind, trex in children(mvex) if mvex is not None else ():
        if kind == b"trex" and unpack("I", trex, 4)[0] == _track_id(track):
            return unpack("I", trex, 12)[0]
    return 0


def _run_totals(moof: memoryview, track_id: int, default_ticks: int) -> tuple[int, int]:
    """Samples and ticks that a movie fragment adds to a track."""
    frames = ticks = 0
    for traf in (payload for kind, payload in children(moof) if kind == b"traf"):
        tfhd = need(traf, b"tfhd")
        if unpack("I", tfhd, 4)[0] != track_id:
            continue
        each = _fragment_default(tfhd, default_ticks)
        for count, duration in _runs(traf, each):
            frames, ticks = frames + count, ticks + duration
    return frames, ticks


def _fragment_default(tfhd: memoryview, default_ticks: int) -> int:
    flags = unpack("I", tfhd)[0] & 0xFFFFFF
    at = 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
    return unpack("I", tfhd, at)[0] if flags & 0x8 else default_ticks


def _runs(traf: memoryview, each: int) -> Iterator[tuple[int, int]]:
    for trun in (payload for kind, payload in children(traf) if kind == b"trun"):
        word, count = unpack("II", trun)
        flags = word & 0xFFFFFF
        at = 8 + (4 if flags & 0x1 else 0) + (4 if flags & 0x4 else 0)
        width = sum(1 for bit in (0x100, 0x200, 0x400, 0x800) if flags & bit)
        if at + 4 * width * count > len(trun):
            raise BadVideo("a fragment is cut off")
        stated = sum(_words(trun[at : at + 4 * width * count])[::width]) if flags & 0x100 else each * count
        yield count, stated
