"""Each kind of repair is counted under its name and stands in the history of its job."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reelwright.adapters.aws.ops.records import TableRecords
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain import moves
from reelwright.domain.attempt import external_id
from reelwright.domain.job import Job
from reelwright.domain.status import Status
from reelwright.use_cases.holding import QUESTION_SECONDS
from tests.support.fakes import FakeWorkflows
from tests.support.pipeline import LANE, Pipeline


def repaired(pipeline: Pipeline) -> list[str]:
    """The kinds of the repairs."""
    return [dimension[1] for metric, dimension in pipeline.telemetry.series if metric == "Repaired" and dimension]


class Refusing(FakeWorkflows):
    """Starts nothing any more."""

    def start(self, job: Job) -> bool:
        del job
        return False


def unhinted(pipeline: Pipeline) -> str:
    """A job that waits, its hint lost."""
    job_id = pipeline.submit().job_id
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    return job_id


def abandoned(pipeline: Pipeline) -> str:
    """A job whose dispatcher died."""
    job_id = pipeline.submit().job_id
    pipeline.provider.script = [ZeroDivisionError()]  # type: ignore[list-item]
    with pytest.raises(ZeroDivisionError):
        pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.submit_lease_seconds)
    return job_id


def unwatched(pipeline: Pipeline) -> str:
    """A job at Kling whose execution died."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.workflows.dead = set(pipeline.workflows.started)
    pipeline.clock.advance(pipeline.policy.watch_seconds)
    return job_id


def orphaned(pipeline: Pipeline) -> str:
    """A job that is over, its hold still open."""
    job = pipeline.job(pipeline.submit().job_id)
    pipeline.jobs.save(job, moves.ended(job, Status.CANCELED, "cancel", pipeline.clock.now_ms()))
    pipeline.clock.advance(QUESTION_SECONDS)
    return job.id


def leaked(pipeline: Pipeline) -> str:
    """A job that is over, its slot still leased."""
    job_id = pipeline.submit().job_id
    pipeline.canceling.cancel("acme", job_id)
    pipeline.lanes.get(LANE)
    slots = {external_id(job_id, 1): {"tenant": "acme", "expires_ms": pipeline.clock.now_ms()}}
    pipeline.client.update_item(
        TableName="reelwright",
        Key=keys.lane(LANE),
        UpdateExpression="SET slots = :slots, running = :running",
        ExpressionAttributeValues=encode({":slots": slots, ":running": {"acme": 1}}),
    )
    return job_id


def history(pipeline: Pipeline, job_id: str) -> list[tuple[int, str]]:
    """The job's lines, as `ops trace` reads them."""
    return [(line.at_ms, line.what) for line in TableRecords(pipeline.client, "reelwright").history(job_id)]


@pytest.mark.parametrize(
    ("kind", "left_behind"),
    [
        ("Hint", unhinted),
        ("Submission", abandoned),
        ("Execution", unwatched),
        ("Hold", orphaned),
        ("Slot", leaked),
    ],
)
def test_a_repair_is_counted_and_remembered_once(
    pipeline: Pipeline, kind: str, left_behind: Callable[[Pipeline], str]
) -> None:
    """By its kind, at the time of the sweep that made it; the next sweep finds nothing to repair."""
    job_id = left_behind(pipeline)
    assert [pipeline.sweeping.sweep(), pipeline.sweeping.sweep()] == [1, 0]
    assert repaired(pipeline) == [kind]
    assert history(pipeline, job_id) == [(pipeline.clock.now_ms(), f"repaired: {kind}")]


def test_an_execution_that_did_not_start_is_no_repair(pipeline: Pipeline) -> None:
    """It is neither counted nor remembered, and the next sweep that looks starts another one."""
    job_id = unwatched(pipeline)
    running = pipeline.workflows
    refusing = replace(pipeline.sweeping, workflows=Refusing(running.started, running.dead))
    assert (refusing.sweep(), repaired(pipeline), history(pipeline, job_id)) == (0, [], [])
    assert not refusing.execution_ended(job_id)
    pipeline.clock.advance(pipeline.policy.watch_seconds)
    assert (pipeline.sweeping.sweep(), repaired(pipeline)) == (1, ["Execution"])


def test_a_slot_of_no_job_is_counted(pipeline: Pipeline) -> None:
    """There is no history that it could stand in."""
    erased = leaked(pipeline)
    pipeline.client.delete_item(TableName="reelwright", Key=keys.job(erased))
    assert (pipeline.sweeping.sweep(), repaired(pipeline), history(pipeline, erased)) == (1, ["Slot"], [])
