from typing import Any

import pytest
import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
)

from reelwright.domain.generation import Generation, JobType
from reelwright.domain.provider_errors import (
    AccountBlocked,
    AlreadyExists,
    LookUpFailed,
    OutcomeUnknown,
    OverCapacity,
    ProviderError,
    RateLimited,
    Refused,
    Unreachable,
)
from reelwright.use_cases.ports import Submission
from tests.support.scripted_kling import OK, Reply, ScriptedKling, provider, record, refusal

PROMPT = "a secret prompt"
SUBMISSION = Submission(Generation(JobType.TEXT_TO_VIDEO, "kling-v2-6", PROMPT), "job_1-1", "https://cb.example.com/x")

CODES: list[tuple[int, int, type[ProviderError]]] = [
    (1000, 401, AccountBlocked), (1001, 401, AccountBlocked), (1002, 401, AccountBlocked),
    (1100, 429, AccountBlocked), (1101, 429, AccountBlocked), (1102, 429, AccountBlocked),
    (1103, 403, AccountBlocked), (1200, 400, Refused), (1201, 400, Refused), (1202, 404, Refused),
    (1203, 404, Refused), (1300, 400, Refused), (1301, 400, Refused), (1302, 429, RateLimited),
    (1303, 429, OverCapacity), (1304, 429, AccountBlocked), (5000, 500, OutcomeUnknown),
    (5001, 503, OutcomeUnknown), (5002, 504, OutcomeUnknown), (1399, 400, Refused), (1399, 429, RateLimited),
    (7777, 400, OutcomeUnknown), (1303, 200, OutcomeUnknown), (1301, 200, OutcomeUnknown),
    (1200, 502, OutcomeUnknown), (0, 500, OutcomeUnknown),
]  # fmt: skip

UNREADABLE: list[Reply] = [
    Reply(b"<html>bad gateway</html>", 502),
    Reply(b"<html>hello</html>", 200),
    Reply(b'{"code":0,"data":{"task_id":"8', 200),
    Reply(b"", 200),
    Reply([1, 2], 200),
    Reply({"code": "0", "data": {}}, 200),
    Reply({"code": True}, 200),
    Reply(b"[" * 100_000, 200),
    Reply(b'{"code":0,"code":0}', 200),
    Reply(b"\xff\xfe{\x00", 200),
    Reply(b" " * (1 << 20) + b"{}", 200),
    Reply(b'{"code":' + b"9" * 5000 + b"}", 200),
]

NEVER_CONNECTED = [
    requests.ConnectTimeout(MaxRetryError(None, "/", ConnectTimeoutError())),  # type: ignore[arg-type]
    requests.ConnectionError(MaxRetryError(None, "/", NewConnectionError(None, "refused"))),  # type: ignore[arg-type]
    requests.ConnectionError(MaxRetryError(None, "/", NameResolutionError("h", None, OSError()))),  # type: ignore[arg-type]
]
MAYBE_SENT = [
    requests.ReadTimeout("read timed out"),
    requests.ConnectionError(ProtocolError("aborted", ConnectionResetError())),
    requests.exceptions.ChunkedEncodingError("cut"),
    requests.exceptions.SSLError("eof"),
]


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


def test_errors_repeat_neither_prompt_nor_addresses() -> None:
    """Kling's own text is dropped: it may hold what the client wrote."""
    error = submit_failure(refusal(1200, 400, f"bad prompt {PROMPT} https://cb.example.com/x"))
    assert PROMPT not in str(error)
    assert "http" not in str(error)
