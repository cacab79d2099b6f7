"""Hints, dispatchers, executions, slots and holds that were lost: the sweep brings each back."""

from decimal import Decimal

import pytest

from reelwright.domain import moves
from reelwright.domain.fairness import Choice
from reelwright.domain.status import Status
from tests.support.pipeline import LANE, Pipeline


def test_a_lost_hint_costs_one_sweep(pipeline: Pipeline) -> None:
    """A job that nobody was told about is hinted by the sweep."""
    pipeline.hints.lossy = True
    job_id = pipeline.submit().job_id
    pipeline.hints.lossy = False
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.hints.sent[0][2] == job_id


def test_a_dead_dispatchers_job_is_resumed(pipeline: Pipeline) -> None:
    """A claim whose dispatcher died lapses; the sweep hints, dispatch looks up and sends under the same id."""
    job_id = pipeline.submit().job_id
    pipeline.provider.script = [ZeroDivisionError()]  # type: ignore[list-item]
    with pytest.raises(ZeroDivisionError):
        pipeline.dispatch()
    assert pipeline.job(job_id).status is Status.SUBMITTING
    pipeline.clock.advance(pipeline.policy.submit_lease_seconds)
    pipeline.hints.sent.clear()
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.hints.sent[0][2] == job_id
    pipeline.dispatch(job_id)
    assert (pipeline.job(job_id).status, pipeline.provider.creates) == (Status.GENERATING, 1)


def test_a_dead_execution_is_started_again(pipeline: Pipeline) -> None:
    """The sweep finds a generating job that no execution works on and starts one under a new name."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.workflows.dead = set(pipeline.workflows.started)
    assert pipeline.sweeping.execution_ended(job_id)
    assert pipeline.workflows.running(pipeline.job(job_id))


def test_a_leaked_slot_is_freed_after_its_lease(pipeline: Pipeline) -> None:
    """A slot whose job is over is found by the sweep; one whose job lives has its lease renewed."""
    live = pipeline.submit().job_id
    pipeline.dispatch()
    lane = pipeline.lanes.get(LANE)
    before = pipeline.submit().job_id
    job = pipeline.job(before)
    pipeline.clock.advance(1)
    claimed = moves.claimed(job, "x", LANE, pipeline.policy, pipeline.clock.now_ms())
    choice = Choice(job, job.tenant, {})
    pipeline.jobs.claim(job, claimed, lane, choice, pipeline.clock.now_ms() + 1000, pipeline.tenant())
    pipeline.jobs.save(claimed, moves.put_back(claimed, pipeline.clock.now_ms()))
    pipeline.clock.advance(pipeline.policy.slot_lease_seconds)
    pipeline.sweeping.sweep()
    assert list(pipeline.lanes.get(LANE).slots) == [f"{live}-1"]


def test_an_orphaned_hold_is_settled(pipeline: Pipeline) -> None:
    """A hold that outlived its job (somebody edited the row) is found after a day and released, once."""
    job_id = pipeline.submit().job_id
    job = pipeline.job(job_id)
    pipeline.jobs.save(job, moves.ended(job, Status.CANCELED, "cancel", pipeline.clock.now_ms()))
    pipeline.clock.advance(86_400)
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.left() == Decimal(100)
    assert pipeline.sweeping.sweep() == 0
