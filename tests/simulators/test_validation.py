import base64
import struct
from typing import Any

import pytest

from tests.simulators.caller import IMAGE, TEXT, Caller
from tests.simulators.kling.models import MODELS
from tests.simulators.kling.validation import read_order


def png(width: int, height: int) -> str:
    """Return the head of a PNG of such a size, which is all that is looked at."""
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"
    return base64.b64encode(head).decode()


def jpeg(width: int, height: int) -> str:
    """Return the head of a JPEG of such a size, with a segment before the frame header."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(12)
    return base64.b64encode(b"\xff\xd8\xff\xe0\x00\x04\0\0" + frame).decode()


LINK = "https://example.org/a.png"
V1 = {"model_name": "kling-v1"}
V3 = {"model_name": "kling-v3"}
ZOOM = {"type": "simple", "config": {"zoom": 5}}
SHOTS = [{"index": 1, "prompt": "a", "duration": "2"}, {"index": 2, "prompt": "b", "duration": "3"}]
CUSTOM: dict[str, Any] = V3 | {"multi_shot": True, "shot_type": "customize", "prompt": ""}
MASK = {"mask": LINK, "trajectories": [{"x": 1, "y": 1}, {"x": 2, "y": 2}]}

REFUSED = [
    (TEXT, {"prompt": ""}),
    (TEXT, {"prompt": "x" * 2501}),
    (TEXT, {"prompt": 5}),
    (TEXT, {"negative_prompt": "x" * 2501}),
    (TEXT, {"duration": 5}),
    (TEXT, {"duration": "7"}),
    (TEXT, V3 | {"duration": "16"}),
    (TEXT, {"mode": "4k"}),
    (TEXT, {"model_name": "kling-v2-master", "mode": "std"}),
    (TEXT, {"model_name": "kling-v1-5"}),
    (TEXT, {"aspect_ratio": "4:3"}),
    (TEXT, {"cfg_scale": 0.5}),
    (TEXT, V1 | {"cfg_scale": 1.5}),
    (TEXT, {"sound": "on", "mode": "std"}),
    (TEXT, V1 | {"sound": "on"}),
    (TEXT, {"sound": True}),
    (TEXT, {"voice_list": [{"voice_id": "v"}]}),
    (TEXT, {"camera_control": ZOOM}),
    (TEXT, V1 | {"camera_control": ZOOM, "mode": "pro"}),
    (TEXT, V1 | {"camera_control": {"type": "simple", "config": {"zoom": 5, "pan": 1}}}),
    (TEXT, V1 | {"camera_control": {"type": "simple", "config": {"zoom": 11}}}),
    (TEXT, V1 | {"camera_control": {"type": "forward_up", "config": {"zoom": 1}}}),
    (TEXT, {"multi_shot": True, "shot_type": "intelligence"}),
    (TEXT, CUSTOM | {"multi_prompt": SHOTS[:1]}),
    (TEXT, CUSTOM | {"multi_prompt": SHOTS * 4}),
    (TEXT, {"callback_url": "ftp://example.org"}),
    (TEXT, {"watermark_info": {"enabled": "yes"}}),
    (TEXT, {"external_task_id": 7}),
    (TEXT, {"prompt": "\ud800"}),
    (IMAGE, {}),
    (IMAGE, {"image": "data:image/png;base64,AAAA"}),
    (IMAGE, {"image": base64.b64encode(b"GIF89a" * 9).decode()}),
    (IMAGE, {"image": LINK, "image_tail": LINK}),
    (IMAGE, {"image_tail": LINK, "mode": "pro"}),
    (IMAGE, {"image": LINK, "image_tail": LINK, "mode": "pro", "sound": "on"}),
    (IMAGE, V1 | {"image": LINK, "image_tail": LINK, "static_mask": LINK}),
    (IMAGE, {"image": LINK, "dynamic_masks": [MASK]}),
    (IMAGE, V1 | {"image": LINK, "dynamic_masks": [{"mask": LINK, "trajectories": []}]}),
    (IMAGE, {"image": LINK, "element_list": [{"element_id": "1"}]}),
    (IMAGE, V3 | {"image": LINK, "element_list": [{"element_id": "1"}] * 4}),
]

ACCEPTED = [
    (TEXT, V1 | {"camera_control": ZOOM, "cfg_scale": 1}),
    (TEXT, V1 | {"camera_control": {"type": "down_back"}}),
    (TEXT, {"mode": "pro", "sound": "on", "voice_list": [{"voice_id": "v"}]}),
    (TEXT, V3 | {"mode": "4k", "duration": "3", "sound": "on"}),
    (TEXT, CUSTOM | {"multi_prompt": SHOTS}),
    (TEXT, {"prompt": "x" * 2500}),
    (IMAGE, {"image": LINK, "image_tail": LINK, "mode": "pro"}),
    (IMAGE, {"model_name": "kling-v1-6", "image_tail": LINK, "mode": "pro"}),
    (IMAGE, V1 | {"image": LINK, "dynamic_masks": [MASK]}),
    (IMAGE, V3 | {"image": png(600, 600), "element_list": [{"element_id": "1"}]}),
]


@pytest.mark.parametrize(("path", "body"), REFUSED)
def test_what_a_model_cannot_do_is_1201(caller: Caller, path: str, body: dict[str, Any]) -> None:
    """A value outside the model's capabilities makes no task."""
    answer = caller.create(path, **body)
    assert (answer.status_code, answer.json()["code"]) == (400, 1201), answer.text
    assert caller.simulator.control.tasks() == []


@pytest.mark.parametrize(("path", "body"), ACCEPTED)
def test_what_a_model_can_do_is_accepted(caller: Caller, path: str, body: dict[str, Any]) -> None:
    """The documented combinations make a task."""
    answer = caller.create(path, **body)
    assert answer.status_code == 200, answer.text


def test_an_unknown_model_is_404_1203(caller: Caller) -> None:
    """A model that does not exist is a missing resource."""
    answer = caller.create(model_name="kling-v9")
    assert (answer.status_code, answer.json()["code"]) == (404, 1203)


def test_model_name_has_an_old_name_and_a_default(caller: Caller) -> None:
    """`model` is tolerated, and none at all means kling-v1."""
    for body in ({"model_name": None, "model": "kling-v3"}, {"model_name": None}):
        caller.create(**body)
    assert [task["model_name"] for task in caller.simulator.control.tasks()] == ["kling-v3", "kling-v1"]


@pytest.mark.parametrize(
    ("body", "units"),
    [
        ({"model_name": "kling-v1"}, "1"),
        ({"model_name": "kling-v1", "mode": "pro", "duration": "10"}, "7"),
        ({"model_name": "kling-v2-1-master", "duration": "10"}, "20"),
        ({"model_name": "kling-v2-5-turbo", "mode": "pro"}, "2.5"),
        ({"model_name": "kling-v2-6", "mode": "pro", "sound": "on"}, "5"),
        ({"model_name": "kling-v2-6", "mode": "pro", "sound": "on", "voice_list": [{"voice_id": "v"}]}, "6"),
        ({"model_name": "kling-v3", "duration": "7"}, "4.2"),
        ({"model_name": "kling-v3", "mode": "4k", "sound": "on", "duration": "15"}, "45"),
    ],
)
def test_prices_are_those_of_the_book(caller: Caller, body: dict[str, Any], units: str) -> None:
    """What is deducted is the price book's units, written without trailing zeros."""
    assert caller.finished(**body)["final_unit_deduction"] == units


def test_every_model_can_be_priced_in_every_mode() -> None:
    """No combination that validation lets through lacks a price."""
    for model in MODELS.values():
        for mode in model.modes or (None,):
            for seconds in model.durations:
                body = {"model_name": model.name, "prompt": "x", "mode": mode, "duration": str(seconds), "image": LINK}
                assert read_order(model.products[0], body).units > 0


@pytest.mark.parametrize("image", [png(299, 600), png(1000, 300), jpeg(200, 400)])
def test_a_bad_image_fails_the_task_later(caller: Caller, image: str) -> None:
    """Pixels are looked at while rendering: the create is accepted, the task fails, nothing is deducted."""
    assert caller.create(IMAGE, image=image, external_task_id="job-1").status_code == 200
    caller.simulator.control.run_until_idle()
    task = caller.look_up("job-1", IMAGE)
    assert task["task_status"] == "failed"
    assert task["task_status_msg"].startswith("Image ")


@pytest.mark.parametrize(("image", "shape"), [(png(900, 1600), "9:16"), (jpeg(500, 520), "1:1"), (LINK, "16:9")])
def test_the_clip_takes_the_shape_of_its_image(caller: Caller, image: str, shape: str) -> None:
    """Image-to-video has no aspect ratio of its own."""
    caller.create(IMAGE, image=image)
    assert caller.simulator.control.tasks()[0]["aspect_ratio"] == shape
