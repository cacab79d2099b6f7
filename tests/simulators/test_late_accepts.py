"""Creates that are accepted after their answer was given up."""

import pytest
import requests

from tests.simulators.caller import TEXT, Caller
from tests.simulators.posting import POST, tasks


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
