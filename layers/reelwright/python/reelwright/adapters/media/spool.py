"""Where a result's bytes go while nobody knows yet whether they are a video."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from reelwright.adapters.media.bucket import Bucket
from reelwright.adapters.media.mp4 import Box, Scanner
from reelwright.adapters.media.staging import StagedUpload
from reelwright.domain.asset import VideoFacts

SPOOL_BYTES: Final = 256 << 20
"""How much stays on disk (half of a function's usual /tmp): every ordinary result, so that it costs one PUT."""
_READ_BYTES: Final = 1 << 20


class Spool:
    """Writes bytes to `file`, and all of them to a staged upload once they are more than `limit`.

    It scans and hashes what passes. `begin` opens the staged upload when one is needed.
    """

    def __init__(self, file: IO[bytes], begin: Callable[[], StagedUpload], limit: int = SPOOL_BYTES) -> None:
        self.size = 0
        self.staged: StagedUpload | None = None
        self._file = file
        self._begin = begin
        self._limit = limit
        self._scanner = Scanner()
        self._digest = hashlib.sha256()

    def write(self, chunk: bytes) -> None:
        """Take the next bytes. Raises BadVideo, StorageFailed, OSError."""
        self._scanner.feed(chunk)
        self._digest.update(chunk)
        room = max(0, self._limit - self.size)
        self.size += len(chunk)
        if room:
            self._file.write(chunk[:room])
        if self.size > self._limit:
            self._upload(chunk[room:])

    def finish(self) -> VideoFacts:
        """The video's facts; afterwards the file can be decoded from its first picture on. Raises BadVideo."""
        facts = self._scanner.finish()
        if self.staged is not None and self._scanner.moov is not None:
            self._fill_in(self._scanner.moov)
        self._file.flush()
        return facts

    @property
    def sha256(self) -> bytes:
        """The digest of all bytes so far."""
        return self._digest.digest()

    def publish(self, bucket: Bucket, key: str, path: Path) -> None:
        """Let the whole result appear under its final key. Raises StorageFailed."""
        if self.staged is None:
            bucket.put_file(key, path, "video/mp4", self.sha256)
        else:
            self.staged.publish(key, "video/mp4", self.sha256)

    def _upload(self, chunk: bytes) -> None:
        if self.staged is None:
            self.staged = self._begin()
            self._file.seek(0)
            while piece := self._file.read(_READ_BYTES):
                self.staged.write(piece)
        self.staged.write(chunk)

    def _fill_in(self, moov: Box) -> None:
        """Make of the file's beginning a sparse file that FFmpeg can read: the index where it belongs."""
        self._file.truncate(self.size)
        self._file.seek(moov.at)
        self._file.write(moov.data)
