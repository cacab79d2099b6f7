"""The sweep goes past holds that it cannot settle, and comes back to them."""

from collections.abc import Callable

import pytest

from reelwright.adapters.aws.table import keys
from reelwright.domain import moves
from reelwright.domain.status import Status
from reelwright.use_cases.holding import AGAIN_SECONDS, QUESTION_SECONDS
from tests.integration.sweep.spoiling import row, spoil
from tests.support.pipeline import Pipeline


def over(pipeline: Pipeline) -> str:
    """A job that is over, its hold still open."""
    job = pipeline.job(pipeline.submit().job_id)
    pipeline.jobs.save(job, moves.ended(job, Status.CANCELED, "cancel", pipeline.clock.now_ms()))
    return job.id


def erase(pipeline: Pipeline, job_id: str) -> None:
    """The job goes, its hold stays, as when a tenant is erased."""
    pipeline.client.delete_item(TableName="reelwright", Key=keys.job(job_id))


def lose_budget(pipeline: Pipeline, job_id: str) -> None:
    """What the hold would be settled against is gone: it can never be closed."""
    pipeline.client.delete_item(TableName="reelwright", Key=keys.budget("acme", pipeline.job(job_id).budget_month))


def book(pipeline: Pipeline, job_id: str) -> None:
    """The ledger says that the hold was released, which its row denies."""
    entry = keys.entry("acme", pipeline.job(job_id).budget_month, job_id, "release")
    pipeline.client.put_item(TableName="reelwright", Item=entry)


@pytest.mark.parametrize(
    ("hindrance", "failures"),
    [(erase, 1), (lose_budget, 1), (book, 0)],
    ids=["job gone", "budget gone", "not closable"],
)
def test_a_hold_that_cannot_be_settled_is_put_off(
    pipeline: Pipeline, hindrance: Callable[[Pipeline, str], None], failures: int
) -> None:
    """It is the hold that moves out of the way, so it is asked about again after an hour, not every minute."""
    job_id = over(pipeline)
    hindrance(pipeline, job_id)
    pipeline.clock.advance(QUESTION_SECONDS)
    assert [pipeline.sweeping.sweep() for _ in range(3)] == [0, 0, 0]
    assert pipeline.telemetry.counts.get("RepairFailed", 0) == failures
    due_ms = int(row(pipeline, keys.hold("acme", job_id))["due_ms"]["N"])
    assert due_ms == pipeline.clock.now_ms() + AGAIN_SECONDS * 1000


def test_many_orphaned_holds_do_not_hide_one_that_can_be_settled(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full look of holds whose jobs are gone is not the last."""
    monkeypatch.setattr("reelwright.use_cases.sweep.BATCH", 1)
    for _ in range(8):
        erase(pipeline, over(pipeline))
        pipeline.clock.advance(0.001)
    good = over(pipeline)
    pipeline.clock.advance(QUESTION_SECONDS)
    assert sum(pipeline.sweeping.sweep() for _ in range(9)) == 1
    assert row(pipeline, keys.hold("acme", good))["state"]["S"] == "closed"


def test_a_job_that_is_over_yet_due_moves_out_of_the_way(pipeline: Pipeline) -> None:
    """A row that somebody edited is not at the head of every look for good."""
    job_id = over(pipeline)
    spoil(pipeline, keys.job(job_id), due_ms=0, due_shard=keys.due_shard(job_id))
    pipeline.sweeping.sweep()
    assert (pipeline.job(job_id).due_ms or 0) > pipeline.clock.now_ms()
