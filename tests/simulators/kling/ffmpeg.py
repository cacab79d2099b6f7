"""The FFmpeg that ships with the `imageio-ffmpeg` wheel."""

import subprocess

import imageio_ffmpeg  # type: ignore[import-untyped]


def ffmpeg(*arguments: str, given: bytes = b"") -> bytes:
    """Run FFmpeg quietly and return its standard output; raises CalledProcessError when it fails."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout
