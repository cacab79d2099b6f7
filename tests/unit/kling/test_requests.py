"""What is sent to Kling for each kind of generation."""

import json
from base64 import b64encode
from decimal import Decimal
from typing import Any

import pytest

from reelwright.domain.generation import Generation, JobType
from reelwright.domain.provider_errors import Refused, Unreachable
from reelwright.use_cases.ports import Submission
from tests.support.scripted_kling import OK, Reply, ScriptedKling, provider, record

TEXT, IMAGE = JobType.TEXT_TO_VIDEO, JobType.IMAGE_TO_VIDEO
FULL: dict[str, Any] = {
    "negative_prompt": "blur", "duration": 5, "mode": "pro", "aspect_ratio": "9:16", "sound": True,
    "cfg_scale": Decimal("0.5"), "camera_control": {"type": "down_back"},
}  # fmt: skip


def sent(generation: Generation, callback_url: str = "") -> tuple[str, dict[str, Any]]:
    """Path and body that Kling gets."""
    script = ScriptedKling(Reply(OK | {"data": record()}))
    provider(script).submit(Submission(generation, "job_1-1", callback_url))
    request = script.requests[0]
    return str(request.path_url), json.loads(request.body or b"")


def test_text_to_video_is_sent_as_documented() -> None:
    """Duration is a string, sound is on or off, the external id and the callback address go along."""
    path, body = sent(Generation(TEXT, "kling-v2-6", "a fox", **FULL), "https://cb.example.com/x")
    assert path == "/v1/videos/text2video"
    assert body == {
        "model_name": "kling-v2-6", "prompt": "a fox", "negative_prompt": "blur", "duration": "5", "mode": "pro",
        "aspect_ratio": "9:16", "sound": "on", "external_task_id": "job_1-1",
        "callback_url": "https://cb.example.com/x",
    }  # fmt: skip


def test_without_a_public_address_no_callback_is_asked_for() -> None:
    """An empty address is left out, not sent empty."""
    assert "callback_url" not in sent(Generation(TEXT, "kling-v3", "a fox"))[1]


@pytest.mark.parametrize(
    ("model", "unknown"),
    [
        ("kling-v1", {"sound"}),
        ("kling-v1-6", {"sound", "camera_control"}),
        ("kling-v2-master", {"sound", "camera_control", "cfg_scale", "mode"}),
        ("kling-v2-1-master", {"sound", "camera_control", "cfg_scale", "mode"}),
        ("kling-v2-5-turbo", {"sound", "camera_control", "cfg_scale"}),
        ("kling-v2-6", {"camera_control", "cfg_scale"}),
        ("kling-v3-omni", {"camera_control", "cfg_scale", "negative_prompt"}),
        ("kling-video-o1", {"sound", "camera_control", "cfg_scale", "negative_prompt"}),
    ],
)
def test_fields_that_a_model_does_not_know_are_never_sent(model: str, unknown: set[str]) -> None:
    """Even when the generation holds them."""
    assert not unknown & set(sent(Generation(TEXT, model, "a fox", **FULL))[1])


def test_images_go_as_addresses_or_as_bare_base64() -> None:
    """Inline images are loaded by key; `data:` prefixes do not exist at Kling; no aspect ratio goes along."""
    generation = Generation(
        IMAGE, "kling-v2-1", "a fox", image="inputs/job_1/image", image_tail="https://img.example.com/b.png", **FULL
    )
    path, body = sent(generation)
    assert path == "/v1/videos/image2video"
    assert body["image"] == b64encode(b"\x89PNG").decode()
    assert body["image_tail"] == "https://img.example.com/b.png"
    assert "aspect_ratio" not in body


@pytest.mark.parametrize("model", ["kling-v3-omni", "kling-video-o1"])
def test_omni_models_have_a_path_and_an_image_list_of_their_own(model: str) -> None:
    """Frames are named by type; with a first frame there is no aspect ratio."""
    frames: dict[str, Any] = {"image": "https://i.example.com/a.png", "image_tail": "https://i.example.com/b.png"}
    path, body = sent(Generation(IMAGE, model, "a fox", aspect_ratio="1:1", **frames))
    assert path == "/v1/videos/omni-video"
    assert body["image_list"] == [
        {"image_url": "https://i.example.com/a.png", "type": "first_frame"},
        {"image_url": "https://i.example.com/b.png", "type": "end_frame"},
    ]
    assert not {"image", "image_tail", "aspect_ratio"} & set(body)


def test_an_image_that_is_gone_refuses_the_submission() -> None:
    """Nothing is sent for a request that has lost its picture."""
    script = ScriptedKling()
    generation = Generation(IMAGE, "kling-v2-1", "a fox", image="inputs/job_2/image")
    with pytest.raises(Refused):
        provider(script).submit(Submission(generation, "job_2-1", ""))
    assert script.requests == []


def test_an_image_that_cannot_be_read_now_means_nothing_was_sent() -> None:
    """A hiccup of the store is no fault of the request."""

    def broken(_key: str) -> bytes:
        raise OSError("slow down")

    adapter = provider(ScriptedKling())
    adapter._load_image = broken  # noqa: SLF001 - the store is all that is replaced
    with pytest.raises(Unreachable):
        adapter.submit(Submission(Generation(IMAGE, "kling-v2-1", "a fox", image="inputs/x/image"), "x-1", ""))
