from decimal import Decimal

from tests.simulators.caller import TEXT, Caller
from tests.simulators.kling import KlingSimulator, Settings, VirtualClock

LEDGER = "/account/billing/package"


def test_states_follow_each_other(caller: Caller) -> None:
    """A task is submitted, then processing, then succeeds, and its times say when."""
    seen = [caller.create(external_task_id="job-1").json()["data"]["task_status"]]
    while seen[-1] != "succeed":
        caller.simulator.control.advance(1)
        status = caller.look_up("job-1")["task_status"]
        seen += [status] if status != seen[-1] else []
    task = caller.look_up("job-1")
    assert seen == ["submitted", "processing", "succeed"]
    assert task["created_at"] < task["updated_at"] <= caller.simulator.clock.now_ms()


def test_a_success_carries_video_and_cost(caller: Caller) -> None:
    """Link, duration of the real file, and the units as a decimal string."""
    task = caller.finished(mode="pro", duration="10")
    assert task["final_unit_deduction"] == "5"
    assert task["final_balance_deduction"] == {"quota": "", "list_price": ""}
    assert [video["duration"] for video in task["task_result"]["videos"]] == ["10.041"]


def test_an_unfinished_task_shows_no_result(caller: Caller) -> None:
    """Cost and result appear at success only."""
    caller.create(external_task_id="job-1")
    assert not {"task_result", "final_unit_deduction"} & set(caller.look_up("job-1"))


def test_watermark_settings_are_echoed(caller: Caller) -> None:
    """The watermark link is filled only where it was asked for."""
    plain = caller.finished("job-1")
    marked = caller.finished("job-2", watermark_info={"enabled": True})
    assert (plain["watermark_info"], marked["watermark_info"]) == ({"enabled": False}, {"enabled": True})
    assert plain["task_result"]["videos"][0]["watermark_url"] == ""
    assert caller.session.get(marked["task_result"]["videos"][0]["watermark_url"]).status_code == 200


def test_a_failed_task_is_a_successful_answer(caller: Caller) -> None:
    """The envelope says SUCCEED; the reason stands in the record; nothing is deducted."""
    caller.simulator.control.add_fault("refused")
    caller.create(external_task_id="job-1")
    caller.simulator.control.run_until_idle()
    body = caller.call("GET", f"{TEXT}/job-1").json()
    assert (body["code"], body["message"], body["data"]["task_status"]) == (0, "SUCCEED", "failed")
    assert body["data"]["task_status_msg"] == "Failure to pass the risk control system"
    assert caller.simulator.control.state()["totals"]["units"] == "0"


def test_a_terminal_state_is_final(caller: Caller) -> None:
    """An ended task neither changes nor is charged again, whatever was still planned for it."""
    caller.create(external_task_id="job-1")
    caller.simulator.control.finish("job-1")
    ended = caller.look_up("job-1")
    caller.simulator.control.finish("job-1", "failed")
    caller.simulator.control.run_until_idle()
    assert caller.look_up("job-1") == ended
    assert len(caller.simulator.control.state()["deductions"]) == 1


def test_rendering_times_repeat_with_the_seed() -> None:
    """The same seed gives the same times, another one others, and the scale divides them."""

    def took(seed: int, scale: float = 1.0) -> float:
        with KlingSimulator(Settings(seed=seed, time_scale=scale), clock=VirtualClock()) as simulator:
            caller = Caller(simulator)
            with caller.session:
                task = caller.finished()
                return float((task["updated_at"] - task["created_at"]) / 1000)

    assert took(1) == took(1) != took(2)
    assert 60 < took(1) < 300
    assert abs(took(1, 100) * 100 - took(1)) < 1


def test_the_ledger_names_every_deduction(caller: Caller) -> None:
    """Rows add up to what the pack lost, and pages continue by cursor."""
    for number in range(3):
        caller.finished(f"job-{number}")
    rows, body = [], {"start_time": 0, "end_time": 9_999_999_999_999, "limit": 2}
    while body:
        page = caller.call("POST", LEDGER, json=body).json()["data"]
        rows += page["result"]
        body = {"cursor": page["next_cursor"], "limit": 2} if page["has_more"] else {}
    assert [Decimal(row["deduction_amount"]) for row in rows] == [Decimal("1.5")] * 3
    assert rows[-1]["quantity_after"] == "59995.5"
    assert {row["task_id"] for row in rows} == {task["task_id"] for task in caller.simulator.control.tasks()}


def test_the_costs_are_doubly_wrapped_and_asked_once_a_second(caller: Caller) -> None:
    """The balance has an envelope inside the envelope, and a second call within a second is 1302."""
    caller.finished()
    data = caller.call("GET", "/account/costs?start_time=0&end_time=1").json()["data"]
    assert (data["code"], data["resource_pack_subscribe_infos"][0]["remaining_quantity"]) == (0, 59998.5)
    assert caller.call("GET", "/account/costs").json()["code"] == 1302


def test_a_pack_can_be_used_up_by_others_and_bought_anew(caller: Caller) -> None:
    """What is left is what the experimenter says, minus what is deducted from then on."""
    caller.finished()
    control, account = caller.simulator.control, caller.simulator.control.tasks()[0]["account"]
    control.set_units_left("2", account)
    caller.finished("job-2")
    (pack,) = caller.call("GET", "/account/costs").json()["data"]["resource_pack_subscribe_infos"]
    assert (pack["remaining_quantity"], pack["status"]) == (0.5, "online")
    control.set_units_left("0", account)
    assert caller.create(external_task_id="job-3").json()["code"] == 1102
    control.set_units_left("100", account)
    assert caller.create(external_task_id="job-3").json()["code"] == 0


def test_an_empty_pack_refuses_new_tasks() -> None:
    """Once nothing is left the answer is 429/1102."""
    with KlingSimulator(Settings(pack_units=Decimal(1)), clock=VirtualClock()) as simulator:
        caller = Caller(simulator)
        with caller.session:
            caller.finished()
            assert caller.create().json()["code"] == 1102
