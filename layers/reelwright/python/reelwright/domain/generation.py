"""What a tenant asks for, in Kling's own words where Kling has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class JobType(StrEnum):
    """The kinds of generation on offer."""

    TEXT_TO_VIDEO = "text_to_video"
    IMAGE_TO_VIDEO = "image_to_video"


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation, validated for form; `catalogue.plan` says whether the model can do it.

    `image` and `image_tail` are https addresses, or keys below `inputs/` of the media bucket for images
    that came inline. `cfg_scale` is 0–1. `duration` is in seconds.
    """

    type: JobType
    model: str
    prompt: str
    negative_prompt: str = ""
    image: str | None = None
    image_tail: str | None = None
    duration: int = 5
    mode: str | None = None
    aspect_ratio: str | None = None
    sound: bool = False
    cfg_scale: Decimal | None = None
    camera_control: Mapping[str, object] | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
