"""What a lane allows to expect."""

from reelwright.domain.forecast import Forecast, forecast, promised
from reelwright.domain.lane import Recent
from tests.unit.scheduling.rows import NOW, lane

BUSY = Forecast(mean_ms=120_000, gap_ms=12_000, idle=0, waiting={"heavy": 10_000, "acme": 4})


def test_without_experience_nothing_is_promised() -> None:
    """Before the first task has ended there is no forecast."""
    assert forecast([lane(10)], {}, NOW) is None


def test_an_idle_lane_takes_one_task() -> None:
    """With a free slot the job ends when a task would."""
    told = forecast([lane(10, recent=Recent(10, 1_200_000))], {}, NOW)
    assert told is not None
    assert told.end_ms("acme", NOW) == NOW + promised(120_000)


def test_another_tenants_backlog_counts_only_as_rounds() -> None:
    """Behind four of its own, a job waits for five of the heavy tenant's, not for ten thousand."""
    assert BUSY.end_ms("acme", NOW) == NOW + promised(10 * 12_000 + 120_000)
    assert BUSY.end_ms("acme", NOW, ahead=0) == NOW + promised(2 * 12_000 + 120_000)


def test_accounts_add_up() -> None:
    """Two lanes that serve the same jobs begin them twice as often."""
    one = lane(10, recent=Recent(10, 1_200_000), leased=10)
    alone, together = forecast([one], {}, NOW), forecast([one, one], {}, NOW)
    assert alone is not None
    assert together is not None
    assert (alone.gap_ms, together.gap_ms) == (12_000, 6_000)


def test_a_request_limit_is_what_counts_when_it_is_slower() -> None:
    """At three creates a minute one begins every 20 s, however many slots there are."""
    told = forecast([lane(10, recent=Recent(1, 120_000), requests_per_minute=3)], {}, NOW)
    assert told is not None
    assert told.gap_ms == 20_000


def test_experience_fades() -> None:
    """A hundred tasks count as fifty afterwards, with the same mean; few are kept as they are."""
    assert Recent(100, 12_000).faded() == Recent(50, 6_000)
    assert Recent(99, 12_000).faded() == Recent(99, 12_000)
