"""Rows that dispatch cannot read, as after a rollback, keep nobody else's jobs waiting."""

import pytest

from reelwright.adapters.aws.table import keys
from reelwright.domain.status import Status
from tests.support.pipeline import LANE, Pipeline


def spoil(pipeline: Pipeline, job_id: str, kind: str) -> None:
    """Let other code have written a type into the row that this code does not know."""
    key = keys.job(job_id) | {"sk": {"S": kind}}
    change = {"ExpressionAttributeNames": {"#t": "type"}, "ExpressionAttributeValues": {":t": {"S": "?"}}}
    pipeline.client.update_item(TableName=pipeline.table, Key=key, UpdateExpression="SET #t = :t", **change)


@pytest.mark.parametrize("kind", [keys.JOB, keys.REQUEST])
@pytest.mark.parametrize("hinted", [False, True])
def test_an_unreadable_row_stops_neither_its_tenant_nor_the_lane(pipeline: Pipeline, kind: str, hinted: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The first of three waiting jobs is left where it is and told; the others of both tenants are sent."""
    pipeline.tenant("zoe")
    spoiled, second, other = (pipeline.submit(name).job_id for name in ("acme", "acme", "zoe"))
    spoil(pipeline, spoiled, kind)
    assert pipeline.dispatch(spoiled if hinted else None) == 2
    assert {pipeline.job(one).status for one in (second, other)} == {Status.GENERATING}
    assert pipeline.telemetry.counts["RepairFailed"] == 1 + hinted
    assert set(pipeline.lanes.get(LANE).slots) == {f"{second}-1", f"{other}-1"}


@pytest.mark.parametrize("hinted", [False, True])
def test_a_missing_tenant_stops_nobody_else(pipeline: Pipeline, hinted: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Jobs of a tenant whose row is gone wait; everybody else's are sent."""
    pipeline.tenant("zoe")
    lost, served = pipeline.submit("acme").job_id, pipeline.submit("zoe").job_id
    pipeline.client.delete_item(TableName=pipeline.table, Key=keys.tenant("acme"))
    assert pipeline.dispatch(lost if hinted else None) == 1
    assert (pipeline.job(lost).status, pipeline.job(served).status) == (Status.QUEUED, Status.GENERATING)
    assert pipeline.telemetry.counts["RepairFailed"] >= 1


def test_a_hint_about_a_job_that_is_gone_serves_the_others(pipeline: Pipeline) -> None:
    """The hint is used up, not tried again until it lies among the dead."""
    served = pipeline.submit().job_id
    assert pipeline.dispatch("job_gone") == 1
    assert pipeline.job(served).status is Status.GENERATING
