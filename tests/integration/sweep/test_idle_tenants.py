"""A lane's row does not grow with every tenant that it ever served."""

import pytest

from reelwright.adapters.aws.table import keys
from reelwright.domain.attempt import external_id
from reelwright.domain.lane import Lane
from reelwright.use_cases import tending
from tests.integration.sweep.spoiling import row, spoil
from tests.support.pipeline import LANE, Pipeline


def counted(pipeline: Pipeline, **running: int) -> Lane:
    """A lane whose row counts so many running jobs of each tenant."""
    pipeline.lanes.get(LANE)
    spoil(pipeline, keys.lane(LANE), running=running)
    return pipeline.lanes.get(LANE)


def test_a_lane_forgets_whom_it_serves_no_more(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """So much a write, down to a few; tenants with running jobs stay."""
    monkeypatch.setattr(tending, "IDLE", 2)
    monkeypatch.setattr(tending, "FORGOTTEN", 2)
    counted(pipeline, a=0, b=0, c=1, d=0, e=0, f=0)
    pipeline.sweeping.sweep()
    assert pipeline.lanes.get(LANE).idle == ("d", "e", "f")
    pipeline.sweeping.sweep()
    pipeline.sweeping.sweep()
    assert set(row(pipeline, keys.lane(LANE))["running"]["M"]) == {"c", "f"}


def test_as_many_tenants_as_one_write_forgets_fit_into_it(pipeline: Pipeline) -> None:
    """With ids of the greatest length."""
    counted(pipeline, **{f"{number:063d}": 0 for number in range(tending.IDLE + 1)})
    pipeline.sweeping.sweep()
    assert len(pipeline.lanes.get(LANE).idle) == tending.IDLE + 1 - tending.FORGOTTEN


def test_a_tenant_that_is_served_meanwhile_is_not_forgotten(pipeline: Pipeline) -> None:
    """The zero must still be one when it goes; a claim and a release after it find their count either way."""
    lane = counted(pipeline, acme=0, zoe=0)
    pipeline.submit()
    pipeline.dispatch()
    assert pipeline.lanes.forget(LANE, lane.idle) is False
    assert row(pipeline, keys.lane(LANE))["running"]["M"] == {"acme": {"N": "1"}, "zoe": {"N": "0"}}
    assert pipeline.lanes.forget(LANE, ("zoe",)) is True
    pipeline.tenant("zoe")
    done = pipeline.submit("zoe").job_id
    pipeline.dispatch(done, "zoe")
    pipeline.provider.finish(external_id(done, 1))
    pipeline.finalizing.finalize(done, 1)
    assert row(pipeline, keys.lane(LANE))["running"]["M"] == {"acme": {"N": "1"}, "zoe": {"N": "0"}}
