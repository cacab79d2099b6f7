"""What a generation may ask of a model; each rule yields the faults it finds.

The rules follow the Kling API contract, sections text2video, image2video and capabilities.
"""

from collections.abc import Callable, Iterator
from typing import Final

from reelwright.domain.catalogue.camera import camera
from reelwright.domain.catalogue.images import end_frame, images
from reelwright.domain.catalogue.model import ASPECT_RATIOS, Model
from reelwright.domain.catalogue.wording import either, seconds
from reelwright.domain.errors import FieldError
from reelwright.domain.generation import Generation, JobType

Rule = Callable[[Model, Generation, str | None], Iterator[FieldError]]
"""A rule sees the model, the wish and the mode that applies."""


def kind(model: Model, wish: Generation, _mode: str | None) -> Iterator[FieldError]:
    """Demand that the model offers this type of generation."""
    if wish.type not in model.types:
        yield FieldError("/type", f"{model.id} makes {either(model.types)} only")


def mode_known(model: Model, wish: Generation, mode: str | None) -> Iterator[FieldError]:
    """Demand that the mode exists; a model without modes is asked for none."""
    if mode is not None and not model.modes:
        yield FieldError("/mode", f"{model.id} has one quality: leave mode out")
    elif wish.mode is not None and wish.mode not in model.modes:
        yield FieldError("/mode", f"{model.id} offers {either(model.modes)}")


def duration(model: Model, wish: Generation, _mode: str | None) -> Iterator[FieldError]:
    """Demand a length that is on offer; with an end frame the end frame's own lengths count."""
    framed = model.end_frame is not None and wish.image_tail is not None
    if not framed and wish.duration not in model.durations:
        yield FieldError("/duration", f"{model.id} makes videos of {seconds(model.durations)}")


def aspect_ratio(model: Model, wish: Generation, _mode: str | None) -> Iterator[FieldError]:
    """Demand one of three ratios for text-to-video; image-to-video keeps the image's."""
    if wish.aspect_ratio is None:
        return
    if wish.type is JobType.IMAGE_TO_VIDEO:
        yield FieldError("/aspect_ratio", "image_to_video keeps the ratio of the image: leave aspect_ratio out")
    elif wish.aspect_ratio not in ASPECT_RATIOS:
        yield FieldError("/aspect_ratio", f"{model.id} offers {either(ASPECT_RATIOS)}")


def sound(model: Model, wish: Generation, mode: str | None) -> Iterator[FieldError]:
    """Demand a mode that has sound."""
    if wish.sound and not model.sound_modes:
        yield FieldError("/sound", f"{model.id} makes silent videos only")
    elif wish.sound and mode not in model.sound_modes:
        yield FieldError("/sound", f"{model.id} makes sound in mode {either(model.sound_modes)} only")


def steering(model: Model, wish: Generation, _mode: str | None) -> Iterator[FieldError]:
    """Refuse `cfg_scale` and `negative_prompt` where the model does not know them."""
    if wish.cfg_scale is not None and not model.cfg_scale:
        yield FieldError("/cfg_scale", f"{model.id} has no cfg_scale")
    elif wish.cfg_scale is not None and not 0 <= wish.cfg_scale <= 1:
        yield FieldError("/cfg_scale", "cfg_scale is between 0 and 1")
    if wish.negative_prompt and not model.negative_prompt:
        yield FieldError("/negative_prompt", f"{model.id} has no negative_prompt")


RULES: Final[tuple[Rule, ...]] = (
    kind,
    mode_known,
    duration,
    aspect_ratio,
    sound,
    steering,
    images,
    end_frame,
    camera,
)
