"""A cover picture by FFmpeg. It is the last check too: what cannot be decoded is not playable."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_COVER_BYTES: Final = 8 << 20
_JPEG: Final = b"\xff\xd8\xff"


class NoCover(Exception):
    """FFmpeg could not decode a picture from the file."""


@dataclass(frozen=True, slots=True)
class CoverMaker:
    """Runs the FFmpeg at `ffmpeg`; one run may take `timeout_seconds`."""

    ffmpeg: str
    timeout_seconds: float = 30.0

    def make(self, video: Path) -> bytes:
        """The first picture as a JPEG of at most 1280 pixels in width. Raises NoCover."""
        cover = video.with_suffix(".jpg")
        try:
            done = subprocess.run(
                self._command(video, cover), stdin=subprocess.DEVNULL, capture_output=True,
                timeout=self.timeout_seconds, check=False, env={},
            )  # fmt: skip
            if done.returncode != 0:
                raise NoCover(f"ffmpeg ended with {done.returncode}")
            return _jpeg(cover)
        except (OSError, subprocess.SubprocessError) as error:
            raise NoCover(type(error).__name__) from None
        finally:
            cover.unlink(missing_ok=True)

    def _command(self, video: Path, cover: Path) -> list[str]:
        """Local files and the MP4 demuxer only: a hostile file gets neither network nor playlists."""
        quiet = [self.ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "2"]
        source = ["-protocol_whitelist", "file", "-f", "mov", "-enable_drefs", "0", "-i", f"file:{video}"]
        picture = ["-map", "0:v:0", "-frames:v", "1", "-vf", "scale='min(1280,iw)':-2", "-q:v", "3"]
        return [*quiet, *source, *picture, "-f", "mjpeg", "-y", f"file:{cover}"]


def _jpeg(cover: Path) -> bytes:
    if not 0 < cover.stat().st_size <= MAX_COVER_BYTES:
        raise NoCover("the cover is empty or too large")
    data = cover.read_bytes()
    if not data.startswith(_JPEG):
        raise NoCover("the cover is no JPEG")
    return data
