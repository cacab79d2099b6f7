"""Copies a result of two GiB in this process and prints what it took, as JSON. A helper of the memory test."""

import hashlib
import json
import sys
from collections.abc import Iterator
from typing import Any, cast

from imageio_ffmpeg import get_ffmpeg_exe  # type: ignore[import-untyped]

from benchmarks._cold_probe import peak_kib
from reelwright.adapters.media.bucket import Bucket
from reelwright.adapters.media.copier import MediaCopier
from reelwright.adapters.media.cover import CoverMaker
from reelwright.adapters.media.download import Limits
from tests.support.bucket import CountingS3
from tests.support.clips import clip
from tests.support.scripted_web import URL, ScriptedWeb, answer

PIECE = bytes(1 << 17)


def body(size: int) -> Iterator[bytes]:
    """A playable clip whose index comes last, with a box of nothing in between: `size` bytes in all."""
    video = clip("last")
    at = video.index(b"moov") - 4
    left = size - len(video)
    yield video[:at] + left.to_bytes(4, "big") + b"free"
    left -= 8
    while left:
        piece = PIECE[: min(left, len(PIECE))]
        left -= len(piece)
        yield piece
    yield video[at:]


def main(size: int) -> None:
    """Copy, and tell size, digests, calls and peak memory in MiB."""
    store, expected = CountingS3(), hashlib.sha256()
    pieces = iter(body(size))

    def counted() -> Iterator[bytes]:
        for piece in pieces:
            expected.update(piece)
            yield piece

    web = ScriptedWeb([answer(Content_Length=size)])
    web.wires[0].pieces = _chain(web.wires[0].pieces, counted())  # type: ignore[union-attr]
    downloader = web.downloader(limits=Limits(max_bytes=size))
    copier = MediaCopier(downloader, Bucket(cast("Any", store), "bucket"), CoverMaker(get_ffmpeg_exe()))
    video, _ = copier.copy("job_1", URL)
    peak = peak_kib() // 1024
    calls = {call: store.calls.count(call) for call in set(store.calls)}
    told = {"size": video.size, "sha256": video.sha256, "expected": expected.hexdigest(), "peak_mib": peak}
    sys.stdout.write(json.dumps(told | {"calls": calls, "objects": sorted(store.objects)}))


def _chain(first: Any, second: Iterator[bytes]) -> Iterator[Any]:
    yield from first
    yield from second


if __name__ == "__main__":
    main(int(sys.argv[1]))
