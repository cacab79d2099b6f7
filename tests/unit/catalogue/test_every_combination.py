from decimal import Decimal
from itertools import product

import pytest

from reelwright.domain.catalogue import MODELS, plan
from reelwright.domain.errors import FieldError, Unprocessable
from reelwright.domain.generation import Generation, JobType

FIELDS = {
    "/type",
    "/model",
    "/mode",
    "/duration",
    "/aspect_ratio",
    "/sound",
    "/cfg_scale",
    "/negative_prompt",
    "/image",
    "/image_tail",
    "/camera_control",
    "/camera_control/type",
    "/camera_control/config",
}
IMAGES = ((None, None), ("https://a.test/1.png", None), (None, "https://a.test/2.png"), ("https://a.test/1.png", "x"))
CAMERAS = (None, {"type": "simple", "config": {"zoom": 3}}, {"type": "down_back"}, {"type": "simple"})
GIVEN = {"/mode": "mode", "/sound": "sound", "/cfg_scale": "cfg_scale", "/negative_prompt": "negative_prompt"}


def every_wish(model: str) -> list[Generation]:
    combinations = product(
        JobType, (None, "std", "pro", "4k"), (2, 3, 5, 7, 10, 15, 16), (True, False), IMAGES, (None, "1:1"), CAMERAS
    )
    return [
        Generation(
            type=kind,
            model=model,
            prompt="a fox",
            mode=mode,
            duration=seconds,
            sound=sound,
            image=first,
            image_tail=last,
            aspect_ratio=ratio,
            camera_control=camera,
        )
        for kind, mode, seconds, sound, (first, last), ratio, camera in combinations
    ]


def faults(wish: Generation) -> tuple[FieldError, ...]:
    try:
        return () if plan(wish).units > Decimal(0) else (FieldError("", "free of charge"),)
    except Unprocessable as refusal:
        return refusal.errors or (FieldError("", "nothing named"),)


@pytest.mark.parametrize("model", MODELS)
def test_every_combination_is_priced_or_names_the_offending_field(model: str) -> None:
    """Whatever is asked of a known model either has a positive price or a fault that points into the body."""
    found = [faults(wish) for wish in every_wish(model)]
    assert () in found
    assert {error.pointer for errors in found for error in errors} <= FIELDS
    assert all(error.detail for errors in found for error in errors)


@pytest.mark.parametrize("model", MODELS)
def test_a_refused_option_is_one_that_was_given(model: str) -> None:
    """No fault names an option that the caller left at its default."""
    for wish in every_wish(model):
        assert all(getattr(wish, GIVEN[error.pointer]) for error in faults(wish) if error.pointer in GIVEN)


def test_an_unknown_model_is_told_which_exist() -> None:
    """A wrong model name is answered with every right one."""
    with pytest.raises(Unprocessable) as refusal:
        plan(Generation(type=JobType.TEXT_TO_VIDEO, model="kling-pro", prompt="a fox"))
    assert refusal.value.errors[0].pointer == "/model"
    assert all(model in refusal.value.detail for model in MODELS)
