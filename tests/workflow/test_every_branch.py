"""Every branch of the state machine, executed."""

import pytest

from tests.workflow.machine import JOB, machine

DONE = {"status": "succeeded"}
TERMINAL = {"status": "terminal"}
STILL = "StillGenerating"


def test_a_callback_leads_to_finalize_in_two_tasks() -> None:
    """The way that most jobs go costs two states that are billed, and no poll."""
    with machine(poll=[TERMINAL], finalize=[DONE]) as run:
        execution = run.start()
        run.call_back()
        status, entered = run.end(execution)
        assert status == "SUCCEEDED"
        assert entered == ["Await1", "Finalize"]
        assert run.poll.events == []


def test_parking_the_token_counts_as_a_new_version() -> None:
    """Whoever read the row before the token was parked loses against it."""
    with machine(poll=[TERMINAL], finalize=[DONE]) as run:
        execution = run.start()
        run.call_back()
        run.end(execution)
        assert run.row()["version"] == 4


def test_every_function_gets_the_job_and_the_attempt() -> None:
    """Results are dropped: the input of the execution is the input of each state."""
    with machine(poll=[STILL, TERMINAL], finalize=[DONE]) as run:
        run.run()
        expected = {"job": JOB, "attempt": 1}
        assert [*run.poll.events, *run.finalize.events] == [expected] * 3


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"callback_ms": 5}, id="the callback came before the token was parked"),
        pytest.param({"status": "finalizing"}, id="someone else finalizes"),
        pytest.param({"status": "failed"}, id="the job has ended"),
        pytest.param({"attempt": 2}, id="a later attempt runs"),
    ],
)
def test_a_job_that_moved_on_is_not_waited_for(row: dict[str, object]) -> None:
    """The condition of the parking write fails, and Finalize sees for itself what is to be done."""
    with machine(poll=[TERMINAL], finalize=[DONE], **row) as run:
        status, entered = run.run()
        assert status == "SUCCEEDED"
        assert entered == ["Await1", "Finalize"]
        assert "task_token" not in run.row()


def test_silence_is_answered_by_polling() -> None:
    """When the rung's time is over the provider is asked, and its truth is finalized."""
    with machine(poll=[TERMINAL], finalize=[DONE]) as run:
        status, entered = run.run()
        assert status == "SUCCEEDED"
        assert entered == ["Await1", "Poll1", "Finalize"]


def test_the_last_rung_repeats() -> None:
    """A job that goes on generating is asked for again and again at the longest wait."""
    with machine(poll=[STILL, STILL, STILL, TERMINAL], finalize=[DONE]) as run:
        status, entered = run.run()
        assert status == "SUCCEEDED"
        assert entered == ["Await1", "Poll1", *["Await2", "Poll2"] * 3, "Finalize"]


def test_a_callback_on_a_later_rung_is_heard() -> None:
    """The token of the second rung replaces the first one's."""
    with machine(poll=[STILL], finalize=[DONE]) as run:
        execution = run.start()
        run.wait_for_version(5)
        run.call_back()
        assert run.end(execution) == ("SUCCEEDED", ["Await1", "Poll1", "Await2", "Finalize"])


def test_still_generating_is_an_answer_and_not_retried() -> None:
    """A poll that says "not yet" is not repeated within its rung."""
    with machine(poll=[STILL, TERMINAL], finalize=[DONE]) as run:
        run.run()
        assert len(run.poll.events) == 2


def test_a_poll_that_fails_is_retried_and_then_left_to_the_next_rung() -> None:
    """Three failures are one rung; the execution lives on."""
    with machine(poll=["Boom", "Boom", "Boom", TERMINAL], finalize=[DONE]) as run:
        status, entered = run.run()
        assert status == "SUCCEEDED"
        assert entered == ["Await1", "Poll1", "Await2", "Poll2", "Finalize"]
        assert len(run.poll.events) == 4


def test_a_table_that_cannot_be_written_leads_to_polling() -> None:
    """Parking fails for another reason than its condition: the provider is asked without waiting."""
    with machine(poll=[TERMINAL], finalize=[DONE]) as run:
        run.table.delete()
        status, entered = run.run()
        assert status == "SUCCEEDED"
        assert entered[-4:] == ["Await1", "Poll1", "Finalize"]


def test_finalize_that_finds_no_end_goes_back_to_waiting() -> None:
    """A callback that lied costs one look and no retry."""
    with machine(poll=[TERMINAL], finalize=[STILL, DONE], callback_ms=5) as run:
        assert run.run() == ("SUCCEEDED", ["Await1", "Finalize", "Await1", "Finalize"])


@pytest.mark.parametrize(
    "error", ["CopyFailed", "FinalizeBusy", "ProviderUnavailable", "Lambda.TooManyRequestsException"]
)
def test_finalize_is_tried_again_after(error: str) -> None:
    """What may pass is waited for inside the execution."""
    with machine(poll=[TERMINAL], finalize=[error, error, DONE], callback_ms=5) as run:
        status, _ = run.run()
        assert status == "SUCCEEDED"
        assert len(run.finalize.events) == 3


def test_finalize_without_tries_left_fails_the_execution() -> None:
    """The failed execution is what the sweep's rule waits for."""
    with machine(poll=[TERMINAL], finalize=["CopyFailed"], callback_ms=5) as run:
        status, entered = run.run()
        assert status == "FAILED"
        assert entered == ["Await1", "Finalize"]
        assert len(run.finalize.events) == 3
