"""Jobs that lost track of Kling or of their workflow, reconciled by an operator."""

import pytest

from reelwright.domain.provider_errors import LookUpFailed, OutcomeUnknown
from reelwright.domain.status import Status
from tests.integration.ops.office import Office
from tests.integration.ops.repairs.mended import generating


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
