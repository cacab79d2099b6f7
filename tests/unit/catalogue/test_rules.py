from dataclasses import replace
from decimal import Decimal

import pytest

from reelwright.domain.catalogue import plan
from reelwright.domain.errors import Unprocessable
from reelwright.domain.generation import Generation, JobType

TEXT = Generation(type=JobType.TEXT_TO_VIDEO, model="kling-v3", prompt="a fox")
IMAGE = replace(TEXT, type=JobType.IMAGE_TO_VIDEO, image="https://a.test/1.png")
BOTH = replace(IMAGE, image_tail="https://a.test/2.png")
TAIL = replace(BOTH, image=None)
ZOOM = {"type": "simple", "config": {"zoom": Decimal("2.5")}}


def faults(wish: Generation, **changes: object) -> set[str]:
    try:
        plan(replace(wish, **changes))  # type: ignore[arg-type]
    except Unprocessable as refusal:
        return {error.pointer for error in refusal.errors}
    return set()


@pytest.mark.parametrize(
    ("wish", "changes", "expected"),
    [
        (TEXT, {"model": "kling-v1-5"}, {"/type"}),
        (TEXT, {"image": "https://a.test/1.png"}, {"/image"}),
        (TEXT, {"aspect_ratio": "4:3"}, {"/aspect_ratio"}),
        (TEXT, {"model": "kling-v2-master", "mode": "std"}, {"/mode"}),
        (TEXT, {"model": "kling-v2-5-turbo", "mode": "4k"}, {"/mode"}),
        (TEXT, {"model": "kling-v2-6", "sound": True}, {"/sound"}),
        (TEXT, {"model": "kling-v1-6", "sound": True}, {"/sound"}),
        (TEXT, {"model": "kling-video-o1", "duration": 7}, {"/duration"}),
        (TEXT, {"model": "kling-v3-omni", "negative_prompt": "blur"}, {"/negative_prompt"}),
        (TEXT, {"model": "kling-v2-6", "cfg_scale": Decimal("0.5")}, {"/cfg_scale"}),
        (TEXT, {"model": "kling-v1", "cfg_scale": Decimal("1.01")}, {"/cfg_scale"}),
        (IMAGE, {"image": None}, {"/image"}),
        (IMAGE, {"aspect_ratio": "16:9"}, {"/aspect_ratio"}),
        (IMAGE, {"model": "kling-video-o1", "duration": 7}, {"/duration"}),
        (BOTH, {"model": "kling-video-o1", "duration": 7}, set()),
        (BOTH, {"model": "kling-v2-master"}, {"/image_tail"}),
        (BOTH, {"model": "kling-v2-1"}, {"/image_tail"}),
        (BOTH, {"model": "kling-v2-1", "mode": "pro"}, set()),
        (BOTH, {"model": "kling-v2-6", "mode": "pro", "sound": True}, {"/sound"}),
        (BOTH, {"model": "kling-v1", "duration": 10}, {"/duration"}),
        (TAIL, {"model": "kling-v1-6", "mode": "pro"}, set()),
        (TAIL, {"model": "kling-v3"}, {"/image"}),
        (TEXT, {"model": "kling-v1", "camera_control": ZOOM}, set()),
        (TEXT, {"model": "kling-v1", "camera_control": ZOOM, "mode": "pro"}, {"/camera_control"}),
        (TEXT, {"model": "kling-v1", "camera_control": {"type": "down_back"}}, set()),
        (IMAGE, {"model": "kling-v1-5", "mode": "pro", "camera_control": ZOOM}, set()),
        (
            IMAGE,
            {"model": "kling-v1-5", "mode": "pro", "camera_control": {"type": "forward_up"}},
            {"/camera_control/type"},
        ),
        (TEXT, {"camera_control": ZOOM}, {"/camera_control"}),
    ],
)
def test_a_model_is_asked_only_for_what_it_can_do(
    wish: Generation, changes: dict[str, object], expected: set[str]
) -> None:
    """Each capability of the contract is a rule that names exactly the offending field."""
    assert faults(wish, **changes) == expected


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        ({"type": "simple"}, "/camera_control/config"),
        ({"type": "simple", "config": {}}, "/camera_control/config"),
        ({"type": "simple", "config": {"zoom": 0}}, "/camera_control/config"),
        ({"type": "simple", "config": {"zoom": 1, "pan": 1}}, "/camera_control/config"),
        ({"type": "simple", "config": {"zoom": 11, "pan": 1}}, "/camera_control/config/zoom"),
        ({"type": "simple", "config": {"dolly": 1, "pan": 1}}, "/camera_control/config"),
        ({"type": "down_back", "config": {"zoom": 1}}, "/camera_control/config"),
        ({"type": "orbit"}, "/camera_control/type"),
        ({}, "/camera_control/type"),
    ],
)
def test_a_camera_movement_is_well_formed(control: dict[str, object], expected: str) -> None:
    """`simple` moves exactly one axis within its range, and only `simple` has a config."""
    assert faults(TEXT, model="kling-v1", camera_control=control) == {expected}


def test_defaults_are_decided_by_the_plan() -> None:
    """Mode and aspect ratio come out resolved, and absent where the model or the type has none."""
    assert (plan(TEXT).mode, plan(TEXT).aspect_ratio) == ("std", "16:9")
    assert plan(replace(TEXT, model="kling-v3-omni")).mode == "pro"
    assert plan(replace(TEXT, model="kling-v2-master")).mode is None
    assert plan(IMAGE).aspect_ratio is None
