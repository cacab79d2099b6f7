"""When a delivery is tried again."""

from hypothesis import given
from hypothesis import strategies as st

from reelwright.domain.delivery import (
    HINT_MS,
    REPAIR_MS,
    SCHEDULE_SECONDS,
    Delivery,
    Outcome,
    Try,
    abandoned,
    claimed,
    next_try,
    tried,
)
from reelwright.domain.event import EventType

CHANCE = st.floats(0, 1, exclude_max=True)
BAD: tuple[Outcome, ...] = ("rejected", "redirected", "refused_address", "unreachable", "timeout")
NEW = Delivery("dlv_1", "whe_1", "acme", "evt_1", EventType.FAILED, "{}", 0, next_ms=0, due_ms=REPAIR_MS)


def test_the_waits_are_those_of_the_specification() -> None:
    """Standard Webhooks 1.0 suggests: at once, 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h."""
    minutes, hours = 60, 3600
    suggested = (0, 5, 5 * minutes, 30 * minutes, 2 * hours, 5 * hours, 10 * hours, 14 * hours, 20 * hours, 24 * hours)
    assert suggested == SCHEDULE_SECONDS
    assert tuple(next_try(tries, lambda: 0.5) for tries in range(10)) == suggested


@given(tries=st.integers(0, 30), chance=CHANCE)
def test_every_wait_is_within_a_tenth_of_its_place(tries: int, chance: float) -> None:
    """Jitter moves a try, and never past the end: after ten there is none."""
    wait = next_try(tries, lambda: chance)
    if tries >= 10:
        assert wait is None
    else:
        assert wait is not None
        assert 0.9 * SCHEDULE_SECONDS[tries] <= wait <= 1.1 * SCHEDULE_SECONDS[tries]


@given(outcomes=st.lists(st.sampled_from((*BAD, "delivered")), min_size=1, max_size=15), chance=CHANCE)
def test_a_delivery_ends_after_ten_tries_or_with_the_first_success(outcomes: list[Outcome], chance: float) -> None:
    """While it is pending somebody will look at it: at its time by message, a minute later by the repair."""
    delivery, now = NEW, 0
    for outcome in outcomes:
        if delivery.next_ms is None:
            break
        now = max(now, delivery.next_ms)
        delivery = tried(claimed(delivery, "me", now, 90_000), Try(now, outcome, None, 1), now, lambda: chance)
        pending = delivery.status == "pending"
        assert pending is (delivery.next_ms is not None) is (delivery.due_ms is not None)
        if delivery.next_ms is not None and delivery.due_ms is not None:
            near = delivery.next_ms - now <= HINT_MS
            assert delivery.due_ms - delivery.next_ms == (REPAIR_MS if near else 0)
    told = [one.outcome for one in delivery.attempts]
    assert told == outcomes[: len(told)]
    if "delivered" in told:
        assert (delivery.status, told.index("delivered")) == ("delivered", len(told) - 1)
    else:
        assert delivery.status == ("failed" if len(told) == 10 else "pending")


def test_a_lease_is_looked_at_when_it_lapses() -> None:
    """A sender that dies is found out by the repair."""
    leased = claimed(NEW, "me", 1_000, 90_000)
    assert leased.due_ms == 91_000
    assert leased.leased(90_999)
    assert not leased.leased(91_000)


def test_what_is_abandoned_is_never_due_again() -> None:
    """And it keeps the try that ended it."""
    last = Try(5, "gone", 410, 20)
    after = abandoned(claimed(NEW, "me", 1, 2), last)
    assert (after.status, after.next_ms, after.due_ms, after.lease) == ("abandoned", None, None, None)
    assert after.attempts == (last,)
