"""Look-ups that lie, tasks that are stuck, deductions that differ."""

from tests.simulators.caller import TEXT, Caller


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
