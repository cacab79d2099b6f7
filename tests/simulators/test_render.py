import resource
from itertools import pairwise
from pathlib import Path
from typing import Any

import imageio_ffmpeg  # type: ignore[import-untyped]
import pytest

from tests.simulators.kling.font import GLYPHS, LETTERS, wrapped
from tests.simulators.kling.reading import read_picture
from tests.simulators.kling.render import Studio, picture_size
from tests.simulators.kling.task import Task
from tests.simulators.kling.validation import read_order

PROMPT = 'A red fox leaps over 12 (twelve) frozen logs; slow motion, 100% "calm" & quiet - isn\'t it? #dawn @35mm'


def task(task_id: str = "893000000000000001", **body: Any) -> Task:
    order = read_order("text2video", {"model_name": "kling-v2-6", "prompt": PROMPT} | body)
    return Task(task_id, "account", order, 0, 0)


def cpu_seconds() -> float:
    """Return what this process and its children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def probe(path: Path) -> dict[str, Any]:
    frames = imageio_ffmpeg.read_frames(str(path))
    facts: dict[str, Any] = next(frames)
    frames.close()
    return facts


def test_every_printable_character_has_a_glyph_of_its_own() -> None:
    """Nothing that is written can be mistaken when read back."""
    assert list(GLYPHS) == [chr(code) for code in range(32, 127)]
    assert len(LETTERS) == len(GLYPHS)
    assert all(len(rows) == 7 and max(rows) < 32 for rows in GLYPHS.values())


def test_other_scripts_are_named_by_code_point() -> None:
    """What the font lacks is still told apart."""
    assert wrapped("中 a\tb\x00", 40) == ["\\u4e2d a b"]


def test_the_prompt_can_be_read_out_of_the_picture(tmp_path: Path) -> None:
    """A real 720p clip has its task, external id and prompt in the first frame, and takes little time to make."""
    began = cpu_seconds()
    path = Studio(tmp_path, "real").file(task(external_task_id="job-7"))
    text = read_picture(path, 1280, 720)
    assert "TASK 893000000000000001" in text
    assert "EXTERNAL job-7" in text
    assert PROMPT in " ".join(text.split())
    assert cpu_seconds() - began < 1.5


def test_the_longest_prompt_still_fits(tmp_path: Path) -> None:
    """2,500 characters are readable to the last word."""
    words = " ".join(f"word{number:03d}" for number in range(312))
    path = Studio(tmp_path, "real").file(task(prompt=words, duration="5", aspect_ratio="1:1"))
    assert words in " ".join(read_picture(path, 960, 960).split())


@pytest.mark.parametrize(
    ("body", "size", "fps", "seconds"),
    [
        ({}, (1280, 720), 24, 5.04),
        ({"aspect_ratio": "9:16"}, (720, 1280), 24, 5.04),
        ({"model_name": "kling-v1", "aspect_ratio": "1:1"}, (960, 960), 30, 5.03),
        ({"model_name": "kling-v3", "mode": "pro", "duration": "3"}, (1920, 1080), 24, 3.04),
    ],
)
def test_files_are_what_was_ordered(
    tmp_path: Path, body: dict[str, Any], size: tuple[int, int], fps: int, seconds: float
) -> None:
    """Size, frame rate, length, frame count and codec are those of the order."""
    ordered = task(**body)
    path = Studio(tmp_path, "real").file(ordered)
    facts = probe(path)
    assert (facts["size"], facts["fps"], facts["duration"], facts["codec"]) == (size, fps, seconds, "h264")
    assert imageio_ffmpeg.count_frames_and_secs(str(path))[0] == ordered.order.frames
    assert picture_size(ordered.order.resolution, ordered.order.aspect_ratio) == size


@pytest.mark.parametrize("mode", ["real", "tiny"])
def test_sound_is_there_when_it_was_asked_for(tmp_path: Path, mode: Any) -> None:
    """One has a sound track, the other has none."""
    studio = Studio(tmp_path, mode)
    loud = probe(studio.file(task("893000000000000001", mode="pro", sound="on")))
    mute = probe(studio.file(task("893000000000000002", mode="pro")))
    assert loud["audio_codec"] == "aac"
    assert "audio_codec" not in mute


def test_thumbnails_have_the_right_length_and_cost_nothing(tmp_path: Path) -> None:
    """A tiny file is a valid MP4 of the asked duration, different for each task, and rendered once a process."""
    studio = Studio(tmp_path, "tiny")
    studio.file(task("893000000000000000", duration="10"))
    began = cpu_seconds()
    files = [studio.file(task(f"89300000000000000{number}", duration="10")) for number in range(1, 6)]
    assert cpu_seconds() - began < 0.1
    assert probe(files[0])["duration"] == 10.04
    assert all(one.read_bytes() != other.read_bytes() for one, other in pairwise(files))


def test_a_task_is_rendered_once(tmp_path: Path) -> None:
    """The second download finds the file of the first."""
    studio = Studio(tmp_path, "tiny")
    first = studio.file(task()).stat().st_mtime_ns
    assert studio.file(task()).stat().st_mtime_ns == first
