"""Serves results, faithfully or as scripted."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.simulators.kling.results import PREFIX
from tests.simulators.kling.task import Task
from tests.simulators.kling.wire import Answer, Request, plain

CHUNK: Final = 1 << 18
VIDEO: Final = "video/mp4"


def chunks(path: Path, start: int, end: int) -> Iterator[bytes]:
    """Read a file from `start` to before `end`, a piece at a time."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (piece := file.read(min(CHUNK, end - start))):
            start += len(piece)
            yield piece


def whole(path: Path) -> Answer:
    """Return the file as it is."""
    size = path.stat().st_size
    return Answer(200, {"Content-Type": VIDEO, "Accept-Ranges": "bytes"}, chunks(path, 0, size), size)


def ranged(path: Path, wanted: str) -> Answer:
    """Return the one byte range asked for, or the whole file when the header cannot be understood."""
    size = path.stat().st_size
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    if match is None:
        return whole(path)
    start, end = int(match[1]), min(int(match[2] or size), size - 1) + 1
    if start >= end:
        return Answer(416, {"Content-Range": f"bytes */{size}"}, (), 0)
    headers = {"Content-Type": VIDEO, "Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return Answer(206, headers, chunks(path, start, end), end - start)


def denied(reason: str) -> Answer:
    """Return what a CDN says to a link that is expired or was tampered with."""
    body = f"<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>{reason}</Message></Error>"
    return plain(403, "application/xml", body.encode())


def task_id_of(path: str) -> str:
    """Return the task id in a result path."""
    return path.removeprefix(PREFIX).partition("/")[0]


def facts_of(request: Request, task: Task | None) -> dict[str, str]:
    """Return what fault rules on a download may match."""
    return (task.facts() if task else {}) | {"method": request.method, "path": request.path}
