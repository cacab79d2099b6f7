"""A scanner for MP4 files that pass by in pieces: it keeps the index, never the pictures."""

from dataclasses import dataclass
from typing import Final

from reelwright.adapters.media.boxes import BadVideo, read_header
from reelwright.adapters.media.movie import read_movie
from reelwright.domain.asset import VideoFacts

MAX_INDEX_BYTES: Final = 16 << 20
"""How much of `moov` and `moof` together is kept: enough for about two million samples."""
MAX_BOXES: Final = 20_000
_KEPT: Final = frozenset({b"moov", b"moof"})
_SHORT_HEADER: Final = 8
_LONG_HEADER: Final = 16


@dataclass(frozen=True, slots=True)
class Box:
    """A whole box that was kept, and where in the file it stood."""

    at: int
    header: int
    data: bytes

    @property
    def payload(self) -> bytes:
        """The box without its header."""
        return self.data[self.header :]


class Scanner:
    """Feed it the file from its first byte; `finish` says whether that was a whole, playable MP4."""

    def __init__(self) -> None:
        self.position = 0
        self.moov: Box | None = None
        self._fragments: list[Box] = []
        self._head = bytearray()
        self._keep: bytearray | None = None
        self._kind = b""
        self._header = 0
        self._left: int | None = 0
        self._media_bytes = 0
        self._index_bytes = 0
        self._boxes = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes. Raises BadVideo as soon as they cannot belong to an MP4."""
        data = memoryview(chunk)
        while data:
            taken = self._take_header(data) if self._left == 0 else self._take_payload(data)
            self.position += taken
            data = data[taken:]
            if self._left == 0 and self._keep is not None:
                self._store(self._keep)

    def finish(self) -> VideoFacts:
        """The facts of a file that is over now. Raises BadVideo when it is not whole."""
        if self._head or self._left:
            raise BadVideo("the file is cut off")
        if self.moov is None:
            raise BadVideo("there is no moov")
        movie = read_movie(self.moov.payload, [box.payload for box in self._fragments])
        if movie.sample_bytes > self._media_bytes:
            raise BadVideo("samples are missing")
        return movie.video

    def _take_header(self, data: memoryview) -> int:
        taken = min(self._header_length() - len(self._head), len(data))
        self._head += data[:taken]
        if len(self._head) == self._header_length():
            self._open(bytes(self._head), self.position + taken)
        return taken

    def _header_length(self) -> int:
        long = len(self._head) >= _SHORT_HEADER and self._head[:4] == b"\0\0\0\1"
        return _LONG_HEADER if long else _SHORT_HEADER

    def _open(self, head: bytes, position: int) -> None:
        self._kind, self._header, size = read_header(head)
        self._left = size - self._header if size else None
        self._head.clear()
        self._boxes += 1
        if self._boxes == 1 and self._kind != b"ftyp":
            raise BadVideo("the file does not begin with ftyp")
        if self._boxes > MAX_BOXES:
            raise BadVideo("there are too many boxes")
        if self._kind in _KEPT:
            self._reserve(position)
            self._keep = bytearray(head)

    def _reserve(self, position: int) -> None:
        if self._left is None:
            raise BadVideo(f"the index at {position} has no length")
        self._index_bytes += self._left
        if self._index_bytes > MAX_INDEX_BYTES:
            raise BadVideo("the index is larger than allowed")

    def _take_payload(self, data: memoryview) -> int:
        taken = len(data) if self._left is None else min(self._left, len(data))
        if self._left is not None:
            self._left -= taken
        if self._kind == b"mdat":
            self._media_bytes += taken
        if self._keep is not None:
            self._keep += data[:taken]
        return taken

    def _store(self, kept: bytearray) -> None:
        box = Box(self.position - len(kept), self._header, bytes(kept))
        if self._kind == b"moof":
            self._fragments.append(box)
        else:
            self.moov = self.moov or box
        self._keep = None
