"""What each failure of a create says about its task."""

from typing import Any

import pytest

from reelwright.domain.generation import Generation, JobType
from reelwright.domain.provider_errors import (
    AlreadyExists,
    OutcomeUnknown,
    ProviderError,
    Unreachable,
)
from reelwright.use_cases.ports import Submission
from tests.support.scripted_kling import OK, Reply, ScriptedKling, provider, record, refusal
from tests.unit.kling.answers import CODES, MAYBE_SENT, NEVER_CONNECTED, UNREADABLE

PROMPT = "a secret prompt"
SUBMISSION = Submission(Generation(JobType.TEXT_TO_VIDEO, "kling-v2-6", PROMPT), "job_1-1", "https://cb.example.com/x")


def submit_failure(*script: Reply | Exception) -> ProviderError:
    """What submitting raises."""
    with pytest.raises(ProviderError) as caught:
        provider(ScriptedKling(*script)).submit(SUBMISSION)
    return caught.value


@pytest.mark.parametrize(("code", "status", "meaning"), CODES)
def test_every_code_means_one_thing_for_a_submission(code: int, status: int, meaning: type[ProviderError]) -> None:
    """Each code of Kling's table (and codes that it lacks) becomes its typed error, with code and request id."""
    error = submit_failure(refusal(code, status))
    assert (type(error), error.code, error.request_id) == (meaning, str(code), "r9")


def test_a_taken_external_id_is_told_apart_from_a_bad_value() -> None:
    """1201 has two meanings; the text decides."""
    error = submit_failure(refusal(1201, 400, "External_task_id job_1-1 already exists"))
    assert type(error) is AlreadyExists


@pytest.mark.parametrize("reply", UNREADABLE)
def test_an_unreadable_answer_leaves_the_submission_open(reply: Reply) -> None:
    """Whatever is not Kling's envelope says nothing about the task."""
    assert type(submit_failure(reply)) is OutcomeUnknown


@pytest.mark.parametrize("data", [None, {}, [], {"task_id": None}, record(task_info={"external_task_id": "other-1"})])
def test_success_that_names_no_task_of_ours_leaves_the_submission_open(data: Any) -> None:
    """Code 0 alone is not a task."""
    assert type(submit_failure(Reply(OK | {"data": data}))) is OutcomeUnknown


@pytest.mark.parametrize("error", NEVER_CONNECTED)
def test_a_connection_never_made_is_surely_not_created(error: Exception) -> None:
    """Refused, timed out while connecting, no such name: nobody read a byte."""
    assert type(submit_failure(error)) is Unreachable


@pytest.mark.parametrize("error", MAYBE_SENT)
def test_whatever_fails_after_connecting_is_unknown(error: Exception) -> None:
    """A time-out or reset may come after Kling accepted."""
    assert type(submit_failure(error)) is OutcomeUnknown


def test_errors_repeat_neither_prompt_nor_addresses() -> None:
    """Kling's own text is dropped: it may hold what the client wrote."""
    error = submit_failure(refusal(1200, 400, f"bad prompt {PROMPT} https://cb.example.com/x"))
    assert PROMPT not in str(error)
    assert "http" not in str(error)
