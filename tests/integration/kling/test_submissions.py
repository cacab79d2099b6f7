"""What we ask for is what Kling takes, and what it answers is understood."""

from decimal import Decimal
from typing import Any

import pytest

from reelwright.domain.generation import JobType
from reelwright.domain.provider_errors import (
    AlreadyExists,
    OverCapacity,
)
from reelwright.domain.task import TaskStatus
from tests.integration.kling.both_sides import KIND, MODEL, Kling


@pytest.mark.parametrize("by", ["task id", "external id"])
def test_a_task_is_created_once_and_found_by_both_ids(kling: Kling, by: str) -> None:
    """From submission to success with result and price."""
    task = kling.submit()
    assert (task.status, task.external_id) == (TaskStatus.PROCESSING, "job_1-1")
    kling.simulator.control.run_until_idle()
    found = kling.provider.look_up(KIND, MODEL, task.task_id if by == "task id" else "job_1-1")
    assert found is not None
    assert (found.task_id, found.status, found.deduction) == (task.task_id, TaskStatus.SUCCEEDED, Decimal("1.5"))
    assert len(found.results) == 1


MODELS: dict[str, dict[str, Any]] = {
    "kling-v1": {"cfg_scale": Decimal("0.5"), "camera_control": {"type": "down_back"}, "mode": "std"},
    "kling-v1-6": {"cfg_scale": Decimal("0.5"), "negative_prompt": "blur", "aspect_ratio": "1:1", "mode": "pro"},
    "kling-v2-master": {"negative_prompt": "blur", "mode": None},
    "kling-v2-1-master": {"duration": 10, "mode": None},
    "kling-v2-5-turbo": {"mode": "pro"},
    "kling-v2-6": {"mode": "pro", "sound": True},
    "kling-v3": {"mode": "4k", "duration": 15, "sound": True, "cfg_scale": Decimal("0.3")},
}


@pytest.mark.parametrize("model", MODELS)
def test_what_we_send_is_what_each_model_takes(kling: Kling, model: str) -> None:
    """Kling's validation accepts our body for everything that the model can do."""
    kling.submit(model=model, **MODELS[model])
    assert kling.created() == 1


@pytest.mark.parametrize("model", ["kling-v1-5", "kling-v2-1", "kling-v2-6", "kling-v3"])
def test_image_to_video_is_taken_too(kling: Kling, model: str) -> None:
    """With a first frame by address."""
    kling.submit(type=JobType.IMAGE_TO_VIDEO, model=model, image="https://img.example.com/a.png", mode="pro")
    assert kling.created() == 1


def test_a_repeated_external_id_is_told_as_such(kling: Kling) -> None:
    """And creates nothing."""
    kling.submit()
    with pytest.raises(AlreadyExists):
        kling.submit()
    assert kling.created() == 1


def test_a_full_account_is_told_as_such(kling: Kling) -> None:
    """1303, without `data`."""
    kling.submit("job_1-1")
    kling.submit("job_2-1")
    with pytest.raises(OverCapacity):
        kling.submit("job_3-1")


def test_a_task_that_is_not_there_is_none(kling: Kling) -> None:
    """By either kind of id."""
    assert kling.provider.look_up(KIND, MODEL, "job_9-1") is None
    assert kling.provider.look_up(KIND, MODEL, "123456789") is None
