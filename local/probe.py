"""A downloaded video looked at by FFmpeg: a witness that shares no code with the library."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from local.ffmpeg import ffmpeg


class NotPlayable(RuntimeError):
    """FFmpeg cannot decode the file as a video."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What FFmpeg says about a file after decoding every frame of it."""

    codec: str
    width: int
    height: int
    seconds: float
    frames: int
    size_bytes: int

    def __str__(self) -> str:
        size = f"{self.size_bytes / 1e6:.2f} MB"
        return f"{self.codec}, {self.width}x{self.height}, {self.seconds:.2f} s, {self.frames} frames, {size}"


def probe(video: Path) -> Seen:
    """Decode the whole file. Raises NotPlayable."""
    command = [
        ffmpeg(),
        "-hide_banner",
        "-xerror",
        "-i",
        str(video),
        "-map",
        "0:v:0",
        "-f",
        "null",
        "-",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL)
    stream = re.search(r"Stream #.*Video: (\w+).*?, (\d+)x(\d+)", done.stderr)
    length = re.search(r"Duration: (\d+):(\d+):([\d.]+)", done.stderr)
    frames = re.findall(r"frame=\s*(\d+)", done.stderr)
    if done.returncode or not (stream and length and frames):
        raise NotPlayable(done.stderr[-1000:])
    hours, minutes, seconds = length.groups()
    duration = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    size = video.stat().st_size
    return Seen(stream[1], int(stream[2]), int(stream[3]), duration, int(frames[-1]), size)
