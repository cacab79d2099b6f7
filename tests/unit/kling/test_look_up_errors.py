"""No failure of a look-up says that a task is missing; Kling's one answer does."""

from typing import Any

import pytest

from reelwright.domain.provider_errors import (
    AccountBlocked,
    LookUpFailed,
    ProviderError,
)
from tests.support.scripted_kling import OK, Reply, ScriptedKling, provider, record, refusal
from tests.unit.kling.answers import CODES, MAYBE_SENT, NEVER_CONNECTED, UNREADABLE


@pytest.mark.parametrize("error", [*NEVER_CONNECTED, *MAYBE_SENT])
def test_a_look_up_that_fails_says_nothing(error: Exception) -> None:
    """No transport failure may look like a missing task."""
    with pytest.raises(LookUpFailed):
        provider(ScriptedKling(error)).look_up("text_to_video", "kling-v3", "8930")


@pytest.mark.parametrize("reply", UNREADABLE)
def test_an_unreadable_look_up_says_nothing(reply: Reply) -> None:
    """Nor may an unreadable answer."""
    with pytest.raises(LookUpFailed):
        provider(ScriptedKling(reply)).look_up("text_to_video", "kling-v3", "8930")


@pytest.mark.parametrize(("code", "status", "meaning"), CODES)
def test_every_code_is_no_answer_to_a_look_up(code: int, status: int, meaning: type[ProviderError]) -> None:
    """Codes never say that a task is missing; those of the account say that nothing works."""
    with pytest.raises(AccountBlocked if meaning is AccountBlocked else LookUpFailed):
        provider(ScriptedKling(refusal(code, status))).look_up("text_to_video", "kling-v3", "8930")


@pytest.mark.parametrize("text", ["Task not found by id: 8930", "Task not found by external id: job_1-1"])
def test_a_missing_task_is_none(text: str) -> None:
    """Kling's 400/1201 "not found" is the one answer that says so."""
    assert provider(ScriptedKling(refusal(1201, 400, text))).look_up("text_to_video", "kling-v3", "8930") is None


@pytest.mark.parametrize("status", [200, 302, 502])
def test_a_missing_task_is_believed_under_its_status_only(status: int) -> None:
    """Absence lets a create be sent again, or a refusal be believed: a proxy's or a half-broken answer is neither."""
    with pytest.raises(LookUpFailed):
        provider(ScriptedKling(refusal(1201, status, "Task not found by id: 8930"))).look_up(
            "text_to_video", "kling-v3", "8930"
        )


@pytest.mark.parametrize("data", [None, [], {}, record(task_id="1", task_info={"external_task_id": "2"})])
def test_a_look_up_about_another_task_says_nothing(data: Any) -> None:
    """An answer must be about the task that was asked for."""
    with pytest.raises(LookUpFailed):
        provider(ScriptedKling(Reply(OK | {"data": data}))).look_up("text_to_video", "kling-v3", "8930")
