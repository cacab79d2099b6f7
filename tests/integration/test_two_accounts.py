"""Which account's lane serves the jobs that both could serve."""

from dataclasses import replace

import pytest

from reelwright.domain.lane import lane_id
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
