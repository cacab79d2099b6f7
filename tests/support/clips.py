"""Real clips by FFmpeg, rendered once a process."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from imageio_ffmpeg import get_ffmpeg_exe  # type: ignore[import-untyped]


@cache
def clip(layout: str = "first") -> bytes:
    """Two seconds of moving picture with sound, 320×180 at 24 frames a second, the index where asked."""
    flags = {"first": ["-movflags", "+faststart"], "last": [], "fragmented": ["-movflags", "frag_keyframe+empty_moov"]}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        picture = ["-f", "lavfi", "-i", "testsrc=s=320x180:r=24:d=2", "-f", "lavfi", "-i", "sine=d=2"]
        coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", *flags[layout]]
        subprocess.run([get_ffmpeg_exe(), "-loglevel", "error", *picture, *coding, str(path)], check=True)
        return path.read_bytes()
