"""Faults of creates: unanswered, broken, unreadable, with an effect or without."""

import pytest
import requests

from tests.simulators.caller import Caller
from tests.simulators.posting import POST, tasks


@pytest.mark.parametrize(("close", "error"), [(False, requests.ReadTimeout), (True, requests.ConnectionError)])
def test_an_accepted_create_can_go_unanswered(caller: Caller, close: bool, error: type[Exception]) -> None:  # noqa: FBT001
    """The caller learns nothing, the task exists, and a repeat is refused."""
    caller.simulator.control.add_fault("accept_then_timeout", POST, close=close)
    with pytest.raises(error):
        caller.create(external_task_id="job-1")
    assert caller.look_up("job-1")["task_status"] == "submitted"
    assert caller.create(external_task_id="job-1").json()["code"] == 1201


def test_a_timeout_without_effect_creates_nothing(caller: Caller) -> None:
    """The same silence can mean that nothing happened."""
    caller.simulator.control.add_fault("timeout", POST)
    with pytest.raises(requests.ReadTimeout):
        caller.create(external_task_id="job-1")
    assert tasks(caller) == 0
    assert caller.create(external_task_id="job-1").status_code == 200


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [("http_500", 500, 5000), ("http_502", 502, None), ("http_503", 503, 5001), ("http_504", 504, 5002)],
)
def test_server_errors_may_or_may_not_have_an_effect(
    caller: Caller, fault: str, status: int, code: int | None, accepted: bool  # noqa: FBT001
) -> None:  # fmt: skip
    """The answer is the same whether the task was made or not."""
    caller.simulator.control.add_fault(fault, POST, accepted=accepted)
    answer = caller.create()
    assert answer.status_code == status
    assert code is None or answer.json()["code"] == code
    assert tasks(caller) == int(accepted)


def test_an_answer_can_be_reset_in_the_middle(caller: Caller) -> None:
    """The task exists; its answer broke."""
    caller.simulator.control.add_fault("reset", POST)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        caller.create()
    assert tasks(caller) == 1


@pytest.mark.parametrize(("fault", "made"), [("non_json", 0), ("truncated_json", 1)])
def test_an_answer_can_be_unreadable(caller: Caller, fault: str, made: int) -> None:
    """A 200 whose body is no JSON says nothing."""
    caller.simulator.control.add_fault(fault, POST)
    answer = caller.create()
    assert answer.status_code == 200
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()
    assert tasks(caller) == made


@pytest.mark.parametrize("code", [1000, 1004, 1101, 1102, 1103, 1301, 1302, 1303, 1304, 5000])
def test_every_error_code_can_be_scripted(caller: Caller, code: int) -> None:
    """Codes come with their documented status and without data."""
    caller.simulator.control.add_fault("error_code", POST, code=code)
    body = caller.create().json()
    assert (body["code"], "data" in body) == (code, False)
    assert tasks(caller) == 0
