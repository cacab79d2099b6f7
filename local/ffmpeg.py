"""This machine's FFmpeg, which comes with a wheel."""

from typing import Any

import imageio_ffmpeg as wheel  # type: ignore[import-untyped, unused-ignore]


def ffmpeg() -> str:
    """The path of the binary."""
    found: Any = wheel.get_ffmpeg_exe()
    return str(found)
