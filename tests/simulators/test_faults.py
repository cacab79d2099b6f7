import pytest
import requests

from tests.simulators.caller import TEXT, Caller

POST = {"method": "POST"}


def tasks(caller: Caller) -> int:
    return len(caller.simulator.control.tasks())


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


def test_a_late_accept_appears_after_some_look_ups(caller: Caller) -> None:
    """The task is not there when it is looked for, and there afterwards."""
    caller.simulator.control.add_fault("late_accept", POST, answer="http_504", after_lookups=2)
    assert caller.create(external_task_id="job-1").status_code == 504
    found = [caller.call("GET", f"{TEXT}/job-1").status_code for _ in range(3)]
    assert found == [400, 400, 200]


def test_a_late_accept_appears_after_some_time(caller: Caller) -> None:
    """Time alone brings it too."""
    caller.simulator.control.add_fault("late_accept", POST, seconds=30)
    with pytest.raises(requests.ReadTimeout):
        caller.create(external_task_id="job-1")
    caller.simulator.control.advance(29)
    assert tasks(caller) == 0
    caller.simulator.control.advance(1)
    assert caller.look_up("job-1")["task_status"] == "submitted"


def test_a_late_accept_loses_against_a_repeat(caller: Caller) -> None:
    """Whichever commits first has the external id: there is one task, and the loser is on record."""
    caller.simulator.control.add_fault("late_accept", POST, answer="http_500", seconds=30)
    caller.create(external_task_id="job-1")
    assert caller.create(external_task_id="job-1").status_code == 200
    caller.simulator.control.advance(30)
    assert tasks(caller) == 1
    assert caller.simulator.control.state()["late_dropped"] == ["job-1"]


def test_a_late_accept_can_reserve_its_id(caller: Caller) -> None:
    """Then a look-up finds nothing and a repeat is refused all the same."""
    caller.simulator.control.add_fault("late_accept", POST, answer="http_500", seconds=30, reserve_id=True)
    caller.create(external_task_id="job-1")
    assert caller.call("GET", f"{TEXT}/job-1").json()["code"] == 1201
    assert "already exists" in caller.create(external_task_id="job-1").json()["message"]
    caller.simulator.control.advance(30)
    assert tasks(caller) == 1


def test_a_late_accept_of_a_bad_request_is_refused_at_once(caller: Caller) -> None:
    """Only what would have been accepted can be accepted late."""
    caller.simulator.control.add_fault("late_accept", POST)
    assert caller.create(prompt="").json()["code"] == 1201


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


def test_rules_count_the_calls_they_match(caller: Caller) -> None:
    """`every` and `nth` count matching calls only, and `times` None never wears out."""
    caller.simulator.control.add_fault("http_500", {"prompt": "storm", "every": 3}, times=None)
    prompts = ["storm", "calm", "storm", "a storm", "storm", "storm", "storm"]
    caller.simulator.control.set_limits({"concurrency": 99})
    statuses = [caller.create(prompt=prompt).status_code for prompt in prompts]
    assert statuses == [200, 200, 200, 500, 200, 200, 500]


def test_rules_match_ids_by_wildcard(caller: Caller) -> None:
    """One rule can follow one job over all its attempts."""
    caller.simulator.control.add_fault("http_500", {"external_task_id": "job-7-*", "nth": 2})
    statuses = [caller.create(external_task_id=name).status_code for name in ("job-7-1", "job-8-1", "job-7-2")]
    assert statuses == [200, 200, 500]


def test_status_can_go_backwards(caller: Caller) -> None:
    """A finished task is submitted again for one look-up."""
    caller.finished()
    caller.simulator.control.add_fault("status_backwards")
    assert [caller.look_up("job-1")["task_status"] for _ in range(2)] == ["submitted", "succeed"]


def test_look_ups_can_lie_about_the_result(caller: Caller) -> None:
    """No videos, two videos, no duration, an unknown word, and a task that is denied."""
    caller.finished()
    for fault in ("succeed_without_videos", "two_videos", "missing_duration", "unknown_status", "task_unknown"):
        caller.simulator.control.add_fault(fault)
    videos = [caller.look_up("job-1")["task_result"]["videos"] for _ in range(3)]
    assert [len(each) for each in videos] == [0, 2, 1]
    assert "duration" not in videos[2][0]
    assert caller.look_up("job-1")["task_status"] == "reviewing"
    assert caller.call("GET", f"{TEXT}/job-1").json()["code"] == 1201
    assert caller.look_up("job-1")["task_status"] == "succeed"


def test_the_list_can_leave_a_task_out(caller: Caller) -> None:
    """Omission from a list says nothing about a task."""
    caller.create(external_task_id="job-1")
    caller.simulator.control.add_fault("list_omits", {"external_task_id": "job-1"})
    assert caller.call("GET", TEXT).json()["data"] == []
    assert len(caller.call("GET", TEXT).json()["data"]) == 1


def test_a_stuck_task_keeps_its_slot(caller: Caller) -> None:
    """It processes until somebody ends it."""
    caller.simulator.control.set_limits({"concurrency": 1})
    caller.simulator.control.add_fault("stuck_processing")
    caller.create(external_task_id="job-1")
    caller.simulator.control.advance(1500)
    assert caller.look_up("job-1")["task_status"] == "processing"
    assert caller.create().json()["code"] == 1303
    caller.simulator.control.finish("job-1")
    assert caller.look_up("job-1")["task_status"] == "succeed"


def test_the_deduction_can_differ_from_the_price(caller: Caller) -> None:
    """What Kling says it took is what the ledger shows."""
    caller.simulator.control.add_fault("deduction_differs", units="2.25")
    assert caller.finished()["final_unit_deduction"] == "2.25"
    assert caller.simulator.control.state()["totals"]["units"] == "2.25"


def test_a_rule_that_could_do_nothing_is_refused(caller: Caller) -> None:
    """Misspelt faults, matches and codes are told at once."""
    misspelt = [{"fault": "no_such"}, {"fault": "reset", "match": {"promt": "x"}}, {"fault": "reset", "time": 1}]
    for body in [*misspelt, {"fault": "takes_seconds"}, {"fault": "error_code", "args": {"code": 7}}]:
        answer = caller.call("POST", "/_control/faults", json=body)
        assert answer.status_code == 400
        assert answer.json()["error"]
