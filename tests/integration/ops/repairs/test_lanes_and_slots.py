"""Lanes and their slots, set and mended by an operator."""

import pytest

from reelwright.domain.provider_errors import AccountBlocked
from tests.integration.ops.office import Office
from tests.integration.ops.repairs.mended import generating, printed
from tests.support.pipeline import LANE


def test_a_slot_is_released_only_when_its_job_is_over(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Unless forced: Kling would answer the next create with 1303."""
    job_id = generating(office)
    assert office.run(f"slot release {LANE} {job_id}-1") == 4
    assert office.pipeline.free() == 1
    office.change(f"JOB#{job_id}", "JOB", status={"S": "failed"})
    capsys.readouterr()
    office.run("slot list --json")
    assert [row["job"] for row in printed(capsys)] == ["over: leaked"]
    assert office.run(f"slot release {LANE} {job_id}-1") == 0
    assert office.pipeline.free() == 2
    assert office.run(f"slot release {LANE} {generating(office)}-1 --force") == 0
    assert office.run("slot release main.unknown.video x-1") == 3


def test_a_lanes_settings_act_at_the_next_dispatch(office: Office) -> None:
    """Limit, pace and pause, and back to the stage's defaults."""
    for _ in range(3):
        office.pipeline.submit()
    office.run(f"lane pause {LANE}")
    assert office.pipeline.dispatch() == 0
    office.run(f"lane limit {LANE} 1")
    office.run(f"lane resume {LANE}")
    assert office.pipeline.dispatch() == 1
    office.run(f"lane limit {LANE} default")
    assert office.pipeline.dispatch() == 1
    office.run(f"lane rate {LANE} 30")
    assert office.pipeline.lanes.get(LANE).requests_per_minute == 30


def test_pause_all_stops_models_that_were_never_used(office: Office) -> None:
    """And `resume all` keeps paused what was paused by itself before."""
    office.pipeline.submit()
    office.run("lane pause main.kling-v3.video")
    assert office.run("pause all") == 0
    assert office.pipeline.dispatch() == 0
    assert office.pipeline.lanes.get("main.kling-v1.video").paused
    assert office.run("resume all") == 0
    assert office.pipeline.dispatch() == 1
    assert office.pipeline.lanes.get("main.kling-v3.video").paused


def test_reset_closes_an_open_breaker(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Once the account is in order again, nobody waits for the next probe."""
    office.pipeline.provider.script = [AccountBlocked("arrears", code="1101")]
    job_id = generating(office)
    office.run("lane list --json")
    assert printed(capsys)[0]["breaker"] == "open: 1101, 1 in a row"
    assert office.pipeline.dispatch() == 0
    assert office.run(f"lane reset {LANE}") == 0
    assert office.pipeline.hints.sent[-1][2] == job_id
    assert office.pipeline.dispatch() == 1


def test_reset_opens_what_the_lane_taught_the_account(office: Office) -> None:
    """The other model's lane has no job to try with: it would stay closed for ever."""
    other = "main.kling-v3.video"
    office.pipeline.lanes.get(other)
    office.pipeline.provider.script = [AccountBlocked("arrears", code="1101")]
    generating(office)
    assert office.pipeline.lanes.get(other).lessons.code == "1101"
    assert office.run(f"lane reset {LANE}") == 0
    assert not office.pipeline.lanes.get(other).lessons.any
