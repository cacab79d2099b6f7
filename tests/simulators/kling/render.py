"""Real MP4 files by FFmpeg: the asked size, length, frame rate and sound, and the task's text in the picture."""

import hashlib
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import Final

from tests.simulators.kling import canvas
from tests.simulators.kling.ffmpeg import ffmpeg
from tests.simulators.kling.settings import RenderMode
from tests.simulators.kling.task import Task

SIZES: Final = {
    ("720p", "16:9"): (1280, 720),
    ("720p", "1:1"): (960, 960),
    ("1080p", "16:9"): (1920, 1080),
    ("1080p", "1:1"): (1440, 1440),
    ("4k", "16:9"): (3840, 2160),
    ("4k", "1:1"): (2880, 2880),
}
TINY: Final = {"16:9": (64, 36), "9:16": (36, 64), "1:1": (48, 48)}
VIDEO_ENCODING: Final = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "28", "-pix_fmt", "yuv420p")
SOUND_ENCODING: Final = ("-c:a", "aac", "-b:a", "64k")


def picture_size(resolution: str, aspect_ratio: str) -> tuple[int, int]:
    """Return width and height in pixels; upright pictures are the lying ones turned."""
    if aspect_ratio == "9:16":
        width, height = SIZES[resolution, "16:9"]
        return height, width
    return SIZES[resolution, aspect_ratio]


def caption(task: Task) -> list[str]:
    """Return the paragraphs written into the picture; the first begins the same in every video."""
    order = task.order
    technical = f"{order.model.name} {order.mode} {order.resolution} {order.aspect_ratio} {order.seconds}s"
    return [f"TASK {task.task_id}", f"EXTERNAL {task.external_id or '-'}", technical, "PROMPT " + order.prompt]


class Studio:
    """Renders each task once and keeps the file in `folder`; one render runs at a time.

    `tiny` renders thumbnails of the right length: one for each length and shape in a process, made different for
    each task by a box at the end of the file, so that they cost next to nothing.
    """

    def __init__(self, folder: Path, mode: RenderMode) -> None:
        self._folder, self._mode = folder, mode
        self._one_at_a_time = threading.Lock()

    def file(self, task: Task) -> Path:
        """Return the task's MP4, rendered now if it was not before."""
        path = self._folder / f"{task.task_id}.mp4"
        with self._one_at_a_time:
            if not path.exists():
                self._render(task, path)
        return path

    def _render(self, task: Task, path: Path) -> None:
        order = task.order
        if self._mode == "tiny":
            thumbnail = _thumbnail(order.aspect_ratio, order.frames, order.model.fps, sound=order.sound)
            path.write_bytes(thumbnail + free_box("\n".join(caption(task)).encode()))
            return
        size = picture_size(order.resolution, order.aspect_ratio)
        grid, lines = canvas.layout(caption(task), *size)
        picture = canvas.ppm(grid, lines, _colour(task))
        encode(picture, path, size, order.frames, order.model.fps, sound=order.sound)


def encode(picture: bytes, path: Path, size: tuple[int, int], frames: int, fps: int, *, sound: bool) -> None:  # noqa: PLR0913 - a clip's plain facts
    """Write an MP4 that shows a PPM picture under a bar that wanders along its lower edge."""
    (width, height), bar = size, max(2, size[0] // 10 // 2 * 2)
    still = f"[0]scale={width}:{height}:flags=neighbor,format=yuv420p,loop=-1:1,settb=1/{fps},setpts=N[s]"
    wanderer = f"color=white:s={bar}x{max(2, height // 40 // 2 * 2)}:r={fps},format=yuv420p[b]"
    joined = f"[s][b]overlay=x='mod(n*{max(1, width // 120)},W)':y='H-h*2'"
    hum = ["-f", "lavfi", "-i", f"sine=frequency=330:sample_rate=44100:duration={frames / fps:.6f}"] if sound else []
    picture_in = ["-f", "ppm_pipe", "-i", "pipe:0"]
    encoding = [*VIDEO_ENCODING, *SOUND_ENCODING, "-threads", "2", "-movflags", "+faststart"]
    out = [*encoding, "-r", str(fps), "-frames:v", str(frames), "-y", str(path)]
    ffmpeg(*picture_in, *hum, "-filter_complex", f"{still};{wanderer};{joined}", *out, given=picture)


def free_box(content: bytes) -> bytes:
    """Return an MP4 box that players skip."""
    return (8 + len(content)).to_bytes(4, "big") + b"free" + content


@cache
def _thumbnail(aspect_ratio: str, frames: int, fps: int, *, sound: bool) -> bytes:
    size = TINY[aspect_ratio]
    picture = b"P6 %d %d 255\n" % size + bytes((40, 60, 90)) * (size[0] * size[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.mp4"
        encode(picture, path, size, frames, fps, sound=sound)
        return path.read_bytes()


def _colour(task: Task) -> canvas.Colour:
    """Return a dark colour of the task's own."""
    red, green, blue = hashlib.sha256(task.task_id.encode()).digest()[:3]
    return red % 96, green % 80, blue % 112
