"""Rules on the first and the last frame."""

from collections.abc import Iterator

from reelwright.domain.catalogue.model import EndFrame, Model
from reelwright.domain.catalogue.wording import either, seconds
from reelwright.domain.errors import FieldError
from reelwright.domain.generation import Generation, JobType


def images(model: Model, wish: Generation, _mode: str | None) -> Iterator[FieldError]:
    """Refuse images for text-to-video; demand a first frame for image-to-video, or a last one alone where allowed."""
    if wish.type is JobType.TEXT_TO_VIDEO:
        if wish.image is not None:
            yield FieldError("/image", "text_to_video takes no image: ask for image_to_video")
        if wish.image_tail is not None:
            yield FieldError("/image_tail", "text_to_video takes no image: ask for image_to_video")
    elif wish.image is None:
        yield from _without_first_frame(model, wish)


def _without_first_frame(model: Model, wish: Generation) -> Iterator[FieldError]:
    if wish.image_tail is None:
        yield FieldError("/image", "image_to_video needs an image")
    elif model.end_frame is not None and not model.end_frame.alone:
        yield FieldError("/image", f"{model.id} needs image beside image_tail")


def end_frame(model: Model, wish: Generation, mode: str | None) -> Iterator[FieldError]:
    """Demand that the model can end on a given frame, in this mode, length and with this sound."""
    if wish.image_tail is None or wish.type is JobType.TEXT_TO_VIDEO:
        return
    if model.end_frame is None:
        yield FieldError("/image_tail", f"{model.id} cannot end on a given frame")
        return
    yield from _end_frame_fits(model.id, model.end_frame, wish, mode)


def _end_frame_fits(name: str, rule: EndFrame, wish: Generation, mode: str | None) -> Iterator[FieldError]:
    if mode not in rule.modes:
        yield FieldError("/image_tail", f"{name} takes image_tail in mode {either(rule.modes)} only")
    if wish.duration not in rule.durations:
        yield FieldError("/duration", f"{name} with image_tail makes videos of {seconds(rule.durations)}")
    if rule.silent and wish.sound:
        yield FieldError("/sound", f"{name} with image_tail makes silent videos only")
    if wish.camera_control is not None:
        yield FieldError("/camera_control", "image_tail and camera_control exclude each other")
