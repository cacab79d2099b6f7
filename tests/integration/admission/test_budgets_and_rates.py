"""What a tenant may ask for: the month's budget and the minute's rate, over the real table."""

from decimal import Decimal

import pytest

from reelwright.domain.errors import OverBudget, TooManyRequests
from tests.support.pipeline import Pipeline


def test_a_budget_is_never_exceeded(pipeline: Pipeline) -> None:
    """A request that the month's rest does not cover is refused and leaves nothing behind."""
    pipeline.tenant("poor", units="3.5")
    for _ in range(2):
        pipeline.submit("poor")
    with pytest.raises(OverBudget):
        pipeline.submit("poor")
    assert pipeline.left("poor") == Decimal("0.5")
    assert len(pipeline.querying.page("poor", None, 10, None).jobs) == 2


def test_a_raised_budget_counts_at_once(pipeline: Pipeline) -> None:
    """When an operator raises the month's budget, the running month follows."""
    pipeline.tenant("poor", units="2")
    pipeline.submit("poor")
    with pytest.raises(OverBudget):
        pipeline.submit("poor")
    pipeline.tenant("poor", units="4")
    pipeline.submit("poor")
    assert pipeline.left("poor") == Decimal(1)


def test_a_tenants_rate_is_kept(pipeline: Pipeline) -> None:
    """One request more than the rate is told the rate and when to come back."""
    pipeline.tenant("fast", rate=2)
    for _ in range(2):
        pipeline.submit("fast")
    with pytest.raises(TooManyRequests) as caught:
        pipeline.submit("fast")
    assert 0 < (caught.value.retry_after_seconds or 0) <= 60
    assert caught.value.a_minute == 2
    pipeline.clock.advance(60)
    pipeline.submit("fast")
