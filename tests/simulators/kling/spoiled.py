"""Downloads that go wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from tests.simulators.kling.faults import Rule
from tests.simulators.kling.gallery import CHUNK, VIDEO, chunks, denied, whole
from tests.simulators.kling.wire import Answer, Json, Request, html, plain

USUAL_OVERSIZE: Final = 64 << 20
LARGE_BOX: Final = 16


def spoil(rule: Rule, path: Path, request: Request) -> Answer:
    """Return the scripted wrong answer to a download of the file at `path`."""
    args = rule.args
    spoilers: dict[str, Callable[[], Answer]] = {
        "result_truncated": lambda: _truncated(path, args),
        "result_oversized": lambda: _oversized(path, args),
        "result_empty": lambda: plain(200, VIDEO, b""),
        "result_wrong_type": lambda: _wrong_type(str(args.get("kind", "html"))),
        "result_redirect": lambda: hop(request, int(args.get("hops", 1)), str(args.get("to", ""))),
        "result_expired": lambda: denied("Request has expired"),
        "result_error": lambda: html(int(args.get("status", 500)), "Error"),
        "result_slow": lambda: _slow(path, args),
    }
    return spoilers[rule.fault]()


def _wrong_type(kind: str) -> Answer:
    """Return a web page (`html`), or bytes that only claim to be a video (`garbage`)."""
    return html(200, "Not a video") if kind == "html" else plain(200, VIDEO, b"\x00not a video\xff" * 4096)


def hop(request: Request, left: int, to: str) -> Answer:
    """Return a redirect: to this same link with one hop fewer, and at the last to `to`, or to the genuine file."""
    genuine = {name: request.query[name] for name in ("Expires", "Signature")}
    target = f"{request.path}?{urlencode(genuine | {'hop': str(left - 1), 'to': to})}"
    return Answer(302, {"Location": to if left <= 1 and to else target}, (), 0)


def _truncated(path: Path, args: Json) -> Answer:
    """Cut the body after `args.bytes` (default half); `args.declared` false hides it by stating no length."""
    size = path.stat().st_size
    keep = min(int(args.get("bytes", size // 2)), size)
    if not args.get("declared", True):
        return Answer(200, {"Content-Type": VIDEO}, chunks(path, 0, keep))
    answer = whole(path)
    answer.cut_at = keep
    return answer


def _oversized(path: Path, args: Json) -> Answer:
    """Grow the file to `args.bytes` by a box of zeros, so that it stays playable.

    `args.declared`: "whole" states the true length, "none" states none, "short" states that of the genuine file.
    """
    size = path.stat().st_size
    total = max(int(args.get("bytes", USUAL_OVERSIZE)), size + LARGE_BOX)
    length = {"whole": total, "none": None, "short": size}[str(args.get("declared", "whole"))]
    return Answer(200, {"Content-Type": VIDEO}, _grown(path, size, total), length)


def _grown(path: Path, size: int, total: int) -> Iterator[bytes]:
    yield from chunks(path, 0, size)
    yield b"\x00\x00\x00\x01free" + (total - size).to_bytes(8, "big")
    zeros, left = bytes(CHUNK), total - size - LARGE_BOX
    while left > 0:
        yield zeros[: min(CHUNK, left)]
        left -= CHUNK


def _slow(path: Path, args: Json) -> Answer:
    """Send `args.chunk_bytes` (default 1024) every `args.seconds` (default 1)."""
    data, step = path.read_bytes(), int(args.get("chunk_bytes", 1024))
    answer = whole(path)
    answer.body = [data[at : at + step] for at in range(0, len(data), step)]
    answer.pause_seconds = float(args.get("seconds", 1.0))
    return answer
