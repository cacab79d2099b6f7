"""Rows of jobs that the sweep cannot repair keep it from no other."""

import pytest

from tests.support.pipeline import Pipeline


def test_a_row_that_cannot_be_repaired_does_not_stop_the_sweep(pipeline: Pipeline) -> None:
    """The sweep goes past a spoiled row and repairs the next one."""
    spoiled, other = pipeline.submit().job_id, pipeline.submit().job_id
    change = {"ExpressionAttributeNames": {"#t": "type"}, "ExpressionAttributeValues": {":t": {"S": "?"}}}
    key = {"pk": {"S": f"JOB#{spoiled}"}, "sk": {"S": "JOB"}}
    pipeline.client.update_item(TableName="reelwright", Key=key, UpdateExpression="SET #t = :t", **change)
    pipeline.hints.sent.clear()
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.telemetry.counts["RepairFailed"] == 1
    assert other in {job for _, _, job, _ in pipeline.hints.sent}


def test_many_spoiled_rows_do_not_hide_what_is_due_behind_them(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that cannot be repaired move out of the way, so that a full look of them is not the last."""
    monkeypatch.setattr("reelwright.use_cases.sweep.BATCH", 1)
    for _ in range(8):
        key = {"pk": {"S": f"JOB#{pipeline.submit().job_id}"}, "sk": {"S": "JOB"}}
        change = {"ExpressionAttributeNames": {"#t": "type"}, "ExpressionAttributeValues": {":t": {"S": "?"}}}
        pipeline.client.update_item(TableName="reelwright", Key=key, UpdateExpression="SET #t = :t", **change)
        pipeline.clock.advance(0.001)
    good = pipeline.submit().job_id
    pipeline.hints.sent.clear()
    for _ in range(9):
        pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
        pipeline.sweeping.sweep()
    assert good in {job for _, _, job, _ in pipeline.hints.sent}
