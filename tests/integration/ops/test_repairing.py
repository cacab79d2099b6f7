"""Jobs, slots, lanes and dead letters, mended."""

import json

import pytest

from reelwright.domain.provider_errors import AccountBlocked, LookUpFailed, OutcomeUnknown
from reelwright.domain.status import Status
from tests.integration.ops.office import Office
from tests.support.pipeline import LANE
from tests.support.telling import Telling


def generating(office: Office) -> str:
    job_id = office.pipeline.submit().job_id
    office.pipeline.dispatch(job_id)
    return job_id


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(capsys.readouterr().out)["rows"]
    return rows


def test_a_job_that_kling_ended_is_told_so(office: Office) -> None:
    """As a callback would: the parked token goes back, and finalize finds the truth itself."""
    job_id = generating(office)
    office.change(f"JOB#{job_id}", "JOB", task_token={"S": "token"})
    office.pipeline.provider.finish(f"{job_id}-1")
    assert office.run(f"job reconcile {job_id}") == 0
    assert office.pipeline.workflows.tokens == ["token"]
    assert office.pipeline.job(job_id).callback_ms
    assert office.pipeline.finalizing.finalize(job_id, 1) == Status.SUCCEEDED
    assert [event.what for event in office.box.records.history(job_id)] == ["operator: workflow"]


def test_a_callback_that_was_lost_is_replayed(office: Office) -> None:
    """Noted and the workflow woken, as by the real one; a job that is over or not begun takes none."""
    job_id = generating(office)
    office.change(f"JOB#{job_id}", "JOB", task_token={"S": "token"})
    assert office.run(f"job replay-callback {job_id} --dry-run") == 0
    assert office.pipeline.workflows.tokens == []
    assert office.run(f"job replay-callback {job_id}") == 0
    assert office.pipeline.workflows.tokens == ["token"]
    assert office.pipeline.job(job_id).callback_ms
    for other in (office.succeeded().id, office.pipeline.submit().job_id):
        before = office.pipeline.job(other)
        assert office.run(f"job replay-callback {other}") == 0
        assert office.pipeline.job(other) == before
    assert office.pipeline.workflows.tokens == ["token"]


def test_a_job_that_still_runs_is_left_alone(office: Office) -> None:
    """Nothing to repair, nothing written but the audit."""
    job_id = generating(office)
    before = office.pipeline.job(job_id)
    assert office.run(f"job reconcile {job_id}") == 0
    assert office.pipeline.job(job_id) == before
    assert office.pipeline.workflows.tokens == []


def test_a_dead_execution_is_started_again(office: Office) -> None:
    """Under its next name, as the sweep would."""
    job_id = generating(office)
    office.pipeline.workflows.dead |= office.pipeline.workflows.started
    assert office.run(f"job reconcile {job_id}") == 0
    assert office.pipeline.job(job_id).executions == 2
    assert office.pipeline.workflows.running(office.pipeline.job(job_id))


def test_an_interrupted_submission_is_adopted_and_never_paid_twice(office: Office) -> None:
    """Reconcile sends a hint; dispatch finds the task that Kling has."""
    office.pipeline.provider.script = [OutcomeUnknown("timeout")]
    office.pipeline.provider.accept_before_raising = True
    office.pipeline.provider.look_up_script = [LookUpFailed("not now")]
    job_id = generating(office)
    assert office.pipeline.job(job_id).status is Status.SUBMITTING
    assert office.run(f"job reconcile {job_id}") == 0
    assert office.pipeline.hints.sent[-1][2] == job_id
    office.pipeline.dispatch(job_id)
    assert office.pipeline.job(job_id).status is Status.GENERATING
    assert office.pipeline.provider.creates == 1


def test_when_kling_does_not_tell_nothing_is_touched(office: Office) -> None:
    """Exit 5, and the job is as it was."""
    job_id = generating(office)
    before = office.pipeline.job(job_id)
    office.pipeline.provider.look_up_script = [LookUpFailed("not now", code="5000")]
    assert office.run(f"job reconcile {job_id}") == 5
    assert office.pipeline.job(job_id) == before


def test_an_orphaned_hold_is_settled(office: Office) -> None:
    """The job is over, its hold is open: the money goes where the job says, to the last digit."""
    job_id = office.pipeline.submit().job_id
    office.change(f"JOB#{job_id}", "JOB", status={"S": "failed"}, held={"N": "0"}, waiting_lane=None)
    assert office.run(f"job reconcile {job_id}") == 0
    hold = office.box.records.hold("acme", job_id)
    assert hold is not None
    assert hold.state == "closed"
    assert office.box.ledger.check("2026-09") == ()


def test_requeue_serves_waiting_jobs_only(office: Office) -> None:
    """A hint for a queued job; a job at Kling or over is refused and stays as it is."""
    at_kling, over = generating(office), office.succeeded().id
    queued = office.pipeline.submit().job_id
    office.pipeline.hints.sent.clear()
    assert office.run(f"job requeue {queued}") == 0
    assert office.pipeline.hints.sent == [(LANE, "acme", queued, 0)]
    assert office.run(f"job requeue {at_kling}") == office.run(f"job requeue {over}") == 4
    assert office.run("job requeue job_nowhere") == 3
    assert office.pipeline.job(over).status is Status.SUCCEEDED


@pytest.mark.parametrize("command", ["requeue", "reconcile"])
def test_a_hint_for_a_queued_job_leaves_no_row(
    office: Office, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be repeated: the job and its history are as they were, and the report says why."""
    queued = office.pipeline.submit().job_id
    before = office.pipeline.job(queued)
    for _ in range(2):
        office.clock.advance(1)
        assert office.run(f"job {command} {queued}") == 0
        assert "may be repeated" in capsys.readouterr().out
    assert office.pipeline.job(queued) == before
    assert office.box.records.history(queued) == ()


@pytest.mark.parametrize("command", ["replay-callback", "reconcile"])
def test_news_are_noted_once(office: Office, command: str) -> None:
    """While nobody has looked a noted end up, a repeated command wakes the workflow and writes nothing."""
    job_id = generating(office)
    office.change(f"JOB#{job_id}", "JOB", task_token={"S": "token"})
    office.pipeline.provider.finish(f"{job_id}-1")
    assert office.run(f"job {command} {job_id}") == 0
    once, told = office.pipeline.job(job_id), office.box.records.history(job_id)
    assert len(told) == 1
    office.clock.advance(1)
    assert office.run(f"job {command} {job_id}") == 0
    assert (office.pipeline.job(job_id), office.box.records.history(job_id)) == (once, told)
    assert office.pipeline.workflows.tokens == ["token", "token"]


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


def test_a_trace_tells_the_whole_life_and_no_prompt(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Admission, claim, acceptance, money, end; the prompt stays in the table."""
    job = office.succeeded("2.25")
    assert office.run(f"trace {job.id}") == 0
    text = capsys.readouterr().out
    for part in (
        "admitted",
        "claimed a slot",
        "accepted as task t1",
        "hold 1.5",
        "capture 2.25",
        "succeeded",
        "closed",
    ):
        assert part in text
    assert "fox" not in text


def test_a_trace_shows_who_was_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Each endpoint's tries, by its id and never by its address."""
    telling = Telling(office.pipeline.client, office.given.table_name)
    good, _ = telling.managing.create("acme", "https://hooks.example/good")
    bad, _ = telling.managing.create("acme", "https://hooks.example/bad")
    telling.receiver.answers = {"https://hooks.example/bad": [503]}
    job = office.succeeded()
    telling.clock.at_ms = job.finished_ms or 0
    telling.announcing.announce(telling.in_outbox())
    telling.work()
    assert office.run(f"trace {job.id}") == 0
    text = capsys.readouterr().out
    assert f"webhook to {good.id}: delivered (204)" in text
    assert f"webhook to {bad.id}: rejected (503)" in text
    assert f"webhook to {bad.id} is pending" in text
    assert "hooks.example" not in text


def test_a_trace_shows_executions(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """By the names that the pipeline gives them, with their latest events."""
    job_id = generating(office)
    vars(office.box.reach).pop("workflows")
    office.box.repair.workflows.start(office.pipeline.job(job_id))
    assert office.run(f"job trace {job_id}") == 0
    text = capsys.readouterr().out
    assert f"{job_id}-1 RUNNING" in text
    assert "latest execution:" in text


def dead(office: Office, body: object, queue: str = "dead") -> str:
    text = body if isinstance(body, str) else json.dumps(body)
    url = office.given.dead_letters_url if queue == "dead" else office.given.sweep_dead_letters_url
    return office.sqs.send_message(QueueUrl=url, MessageBody=text)["MessageId"]


def test_letters_are_explained_and_sorted(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """What is worth another try, and what is of no use."""
    queued, over = office.pipeline.submit().job_id, office.succeeded().id
    wanted = {
        dead(office, {"lane": LANE, "tenant": "acme", "job": queued}): "redrive",
        dead(office, {"lane": LANE, "tenant": "acme", "job": None}): "redrive",
        dead(office, {"lane": LANE, "tenant": "acme", "job": over}): "drop",
        dead(office, {"lane": LANE, "tenant": "acme", "job": "job_../../x"}): "drop",
        dead(office, "[" * 5000): "drop",
        dead(office, {"lane": "main", "tenant": "acme", "job": queued}): "drop",
        dead(office, {"detail": {"name": f"{over}-1"}}, "sweep"): "drop",
    }
    assert office.run("deadletters explain --json") == 0
    assert {row["id"]: row["advice"] for row in printed(capsys)} == wanted


@pytest.mark.parametrize("event", [{"check": "ledger"}, {"requestPayload": {"check": "ledger"}}])
def test_a_check_of_the_ledger_that_failed_is_told_from_a_sweep(office: Office, event: dict[str, object]) -> None:
    """The schedule keeps what it could not deliver, Lambda wraps what failed; no minute's sweep makes up for it."""
    dead(office, event, "sweep")
    (found,) = office.box.dead_letters.explain(10)
    assert (found.wanted, found.advice) == ("check the ledger", "drop")
    assert "hour" in found.now


def test_redrive_sends_what_is_worth_it_and_leaves_the_rest(office: Office) -> None:
    """The hint is on its queue again, byte for byte; the spoiled letter stays for `drop`."""
    body = {"lane": LANE, "tenant": "acme", "job": office.pipeline.submit().job_id}
    good, bad = dead(office, body), dead(office, "spoiled")
    assert office.run(f"deadletters redrive {bad}") == 4
    assert office.run("deadletters redrive") == 0
    (sent,) = office.sqs.receive_message(QueueUrl=office.given.hints_queue_url)["Messages"]
    assert json.loads(str(sent["Body"])) == body
    assert [one.letter.id for one in office.box.dead_letters.explain(10)] == [bad]
    assert office.run(f"deadletters drop {good}") == 3
    assert office.run("deadletters drop") == 0
    assert office.box.dead_letters.explain(10) == ()
