"""Which account's lane serves the jobs that both could serve."""

from dataclasses import replace

import pytest

from reelwright.adapters.aws.table import keys
from reelwright.domain.lane import lane_id
from reelwright.domain.provider_errors import AccountBlocked
from tests.support.pipeline import CLIP, LANE, Pipeline

SECOND = lane_id("second", CLIP.model)


@pytest.mark.parametrize(("home", "away"), [(3, 1), (1, 3)])
def test_the_account_with_more_free_slots_serves_first(pipeline: Pipeline, home: int, away: int) -> None:
    """Jobs go where most slots are free, until both lanes have as many; at last all slots of both are in use."""
    pipeline.dispatching = replace(pipeline.dispatching, accounts=("main", "second"))
    pipeline.limit(home)
    pipeline.limit(away, SECOND)
    wider, used = (LANE, SECOND)[away > home], list[tuple[int, int]]()
    for _ in range(4):
        pipeline.submit()
        assert pipeline.dispatch() == 1
        used.append((len(pipeline.lanes.get(wider).slots), sum(map(pipeline.free, (LANE, SECOND)))))
    assert used[:2] == [(1, 3), (2, 2)]
    assert used[3] == (3, 0)


def test_a_lane_that_cannot_be_read_stops_neither_the_other_account_nor_its_lessons(pipeline: Pipeline) -> None:
    """The row of the home is spoiled: the other account serves its queue, and learns what holds for its account."""
    pipeline.dispatching = replace(pipeline.dispatching, accounts=("main", "second"))
    pipeline.lanes.get(LANE)
    spoilt = {"ExpressionAttributeValues": {":new": {"S": "?"}}, "UpdateExpression": "SET lessons = :new"}
    pipeline.client.update_item(TableName=pipeline.table, Key=keys.lane(LANE), **spoilt)
    pipeline.provider.script = [AccountBlocked("arrears", code="1101")]
    pipeline.submit()
    assert pipeline.dispatch() == 1
    assert pipeline.lanes.get(SECOND).lessons.failures == 1
    assert pipeline.telemetry.counts["BreakerOpened"] == 1
    pipeline.clock.advance(pipeline.policy.blocked_cool_seconds)
    assert pipeline.dispatch() == 1
    assert len(pipeline.lanes.get(SECOND).slots) == 1
