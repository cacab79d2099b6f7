"""The shape of a catalogue entry."""

from dataclasses import dataclass

from reelwright.domain.generation import JobType

ASPECT_RATIOS = ("16:9", "9:16", "1:1")
"""What text-to-video offers; image-to-video keeps the image's (Kling API contract, text2video and image2video)."""

DEFAULT_ASPECT_RATIO = "16:9"
BOTH = (JobType.TEXT_TO_VIDEO, JobType.IMAGE_TO_VIDEO)
IMAGE_ONLY = (JobType.IMAGE_TO_VIDEO,)
CAMERA_KINDS = ("simple", "down_back", "forward_up", "right_turn_forward", "left_turn_forward")
CAMERA_AXES = ("horizontal", "vertical", "pan", "tilt", "roll", "zoom")


@dataclass(frozen=True, slots=True)
class EndFrame:
    """Under which conditions `image_tail` works; `alone` means without `image`, `silent` means without sound."""

    modes: tuple[str, ...]
    durations: tuple[int, ...]
    alone: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Camera:
    """Under which conditions `camera_control` works, and which of its kinds."""

    type: JobType
    mode: str
    duration: int
    kinds: tuple[str, ...] = CAMERA_KINDS


@dataclass(frozen=True, slots=True)
class Model:
    """One model on Kling's legacy standard. Durations are in seconds.

    No `modes` means that the request must not name one. `typical_seconds` is how long a 5 s clip takes to
    render, by type: an expectation for progress displays, never a deadline.
    """

    id: str
    typical_seconds: dict[JobType, int]
    types: tuple[JobType, ...] = BOTH
    modes: tuple[str, ...] = ("std", "pro")
    default_mode: str | None = "std"
    durations: tuple[int, ...] = (5, 10)
    sound_modes: tuple[str, ...] = ()
    end_frame: EndFrame | None = None
    camera: Camera | None = None
    cfg_scale: bool = False
    negative_prompt: bool = True
