"""What a lane learns from the answers of an account."""

from dataclasses import replace

from reelwright.domain import pacing
from reelwright.domain.lane import BURST, Lane, Recent, Slot
from tests.unit.scheduling.rows import NOW, lane

MINUTE = 60_000


def test_1303_lowers_the_limit_to_what_really_runs() -> None:
    """With seven of ten slots leased and an answer of 1303, seven is all that the account gives."""
    taught = pacing.over_capacity(lane(10, leased=7), NOW)
    assert (taught.capacity(NOW), taught.free(NOW)) == (7, 0)


def test_1303_never_stops_a_lane() -> None:
    """With nothing of ours running one slot is still tried, and not all of them."""
    assert pacing.over_capacity(lane(10), NOW).capacity(NOW) == 1
    assert pacing.over_capacity(lane(1), NOW).capacity(NOW) == 1


def test_a_slot_that_is_lost_again_and_again_is_not_asked_for_each_time() -> None:
    """Whoever takes every slot that gets free is left one, three, seven of them more, until a create is accepted."""
    taught, working = lane(50, leased=49), list[int]()
    for leased in (49, 48, 46, 42):
        taught = pacing.over_capacity(_leasing(taught, leased), NOW)
        working.append(taught.capacity(NOW))
    assert working == [49, 47, 43, 35]
    accepted = pacing.succeeded(_leasing(taught, 34), NOW)
    assert pacing.over_capacity(_leasing(accepted, 33), NOW).capacity(NOW) == 33


def test_a_try_that_failed_lowers_nothing() -> None:
    """One slot more was tried than was learnt: what was learnt still holds."""
    taught = pacing.over_capacity(lane(10, leased=7), NOW)
    assert pacing.over_capacity(taught, NOW).capacity(NOW) == 7


def _leasing(known: Lane, leased: int) -> Lane:
    return replace(known, slots={f"job_{number}-1": Slot("acme", NOW) for number in range(leased)})


def test_one_more_is_tried_when_it_is_time() -> None:
    """After the gap the lane offers one slot more than it learnt, not all of them."""
    taught = pacing.over_capacity(lane(10, leased=7), NOW)
    assert taught.capacity(taught.lessons.probe_ms - 1) == 7
    assert taught.capacity(taught.lessons.probe_ms) == 8


def test_failed_trying_is_repeated_ever_later() -> None:
    """Gaps grow by three, up to what two hundred creates take, so that wasted calls stay below one in a hundred."""
    taught, gaps = lane(10, leased=7, recent=Recent(10, 1_400_000)), list[int]()
    for _ in range(5):
        taught = pacing.over_capacity(taught, NOW)
        gaps.append(taught.lessons.probe_gap_seconds)
    assert gaps == [800, 2400, 4000, 4000, 4000]


def test_a_try_that_worked_is_followed_by_the_next_at_once() -> None:
    """Slots come back one by one without waiting, until the limit is reached and the lesson forgotten."""
    taught = pacing.over_capacity(lane(10, leased=8), NOW)
    for leased in (9, 10):
        taught = pacing.succeeded(_leasing(taught, leased), NOW)
        assert taught.capacity(NOW) == 10
    assert taught.lessons.working is None


def test_1302_halves_the_pace_and_keeps_the_slots() -> None:
    """Too fast is not too many: the time between creates doubles, the capacity stays."""
    taught = pacing.rate_limited(lane(10, requests_per_minute=60), NOW)
    assert (taught.interval_ms, taught.capacity(NOW)) == (2_000, 10)
    assert taught.opens_ms(NOW) == NOW + taught.interval_ms * (3 - BURST)
    assert pacing.rate_limited(taught, NOW).interval_ms == 4_000


def test_a_slow_pace_eases_after_a_while_of_successes() -> None:
    """Not at once, but every five minutes by half, back to the lane's own pace."""
    taught = pacing.rate_limited(lane(10, requests_per_minute=60), NOW)
    assert pacing.succeeded(taught, NOW + MINUTE).interval_ms == 2_000
    assert pacing.succeeded(taught, NOW + 6 * MINUTE).interval_ms == 1_000


def test_429s_do_not_open_the_breaker() -> None:
    """1302 and 1303 set the pace; they are no failures."""
    for lesson in (pacing.over_capacity, pacing.rate_limited):
        assert lesson(lane(10, leased=3), NOW).lessons.failures == 0


def test_a_blocked_account_closes_the_lane_ever_longer() -> None:
    """Arrears close it for a minute, then two, then four, never for more than a quarter of an hour."""
    taught, pauses = lane(10), list[int]()
    for _ in range(6):
        taught = pacing.blocked("1101", 60)(taught, NOW)
        pauses.append((taught.cool_until_ms - NOW) // 1000)
    assert pauses == [60, 120, 240, 480, 900, 900]
    assert (taught.open(NOW), taught.lessons.code, taught.lessons.failures) == (False, "1101", 6)


def test_one_success_closes_the_breaker() -> None:
    """The lane opens at once and knows no failure any more."""
    taught = pacing.succeeded(pacing.blocked("1101", 60)(lane(10), NOW), NOW + 1)
    assert (taught.open(NOW + 1), taught.lessons.failures, taught.lessons.code) == (True, 0, "")


def test_another_lanes_success_closes_the_breaker_and_teaches_no_more() -> None:
    """The lane opens at once; pace and working limit are its own, and stay."""
    known = pacing.rate_limited(pacing.over_capacity(lane(10, leased=7), NOW), NOW)
    taught = pacing.recovered(pacing.blocked("1101", 60)(known, NOW), NOW + 1)
    assert (taught.cool_until_ms, taught.lessons.failures, taught.lessons.code) == (NOW + 1, 0, "")
    assert (taught.lessons.working, taught.interval_ms, taught.tat_ms) == (7, known.interval_ms, known.tat_ms)
    assert pacing.recovered(known, NOW) == known


def test_lanes_that_were_told_try_after_the_one_that_asked() -> None:
    """At each failure by the same time, however long the break."""
    asked, told = lane(10), lane(10)
    for _ in range(6):
        asked, told = pacing.blocked("1101", 60)(asked, NOW), pacing.blocked("1101", 60, 30)(told, NOW)
        assert told.cool_until_ms - asked.cool_until_ms == 30_000


def test_every_lesson_counts() -> None:
    """The version grows with each, so that two who teach at the same time do not overwrite each other."""
    for lesson in (pacing.over_capacity, pacing.rate_limited, pacing.succeeded, pacing.blocked("1101", 60)):
        assert lesson(lane(10, leased=2), NOW).lessons.version == 1
