"""Deficit round robin, turn by turn."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.aws.table.job_rows import PRIORITY_STEP_MS, rank
from reelwright.domain.job import Job
from tests.unit.scheduling.rows import NOW, Ring, job


def queue(tenant: str, count: int, duration: int = 5) -> list[Job]:
    return [job(tenant, number, duration=duration) for number in range(count)]


def test_equal_tenants_take_turns() -> None:
    """Three tenants of one plan are served one job each, round after round."""
    ring = Ring({name: queue(name, 50) for name in ("a", "b", "c")})
    assert [one.tenant for one in ring.served(6)] == ["a", "b", "c", "a", "b", "c"]


def test_a_newcomer_waits_for_one_round_at_most() -> None:
    """Whoever comes while ten thousand jobs of another wait is served after one job of each other tenant."""
    ring = Ring({"heavy": queue("heavy", 10_000), "other": queue("other", 100)})
    ring.served(37)
    ring.queues["new"] = [job("new", 0)]
    assert "new" in {one.tenant for one in ring.served(3)}


def test_weights_divide_the_seconds() -> None:
    """A plan of weight 3 gets three times the seconds of video of a plan of weight 1."""
    ring = Ring({"big": queue("big", 500), "small": queue("small", 500)}, {"big": 3, "small": 1})
    served = Counter(one.tenant for one in ring.served(400))
    assert served == {"big": 300, "small": 100}


def test_long_clips_are_paid_for_with_turns() -> None:
    """Who asks for clips of 10 s gets half as many of them as who asks for clips of 5 s."""
    ring = Ring({"long": queue("long", 300, 10), "short": queue("short", 300)})
    seconds: Counter[str] = Counter()
    for one in ring.served(300):
        seconds[one.tenant] += one.duration
    assert abs(seconds["long"] - seconds["short"]) <= 10


def test_what_was_saved_is_lost_with_the_last_job() -> None:
    """A tenant without waiting jobs keeps no deficit that would let it jump the queue later."""
    ring = Ring({"a": queue("a", 1, 10), "b": queue("b", 20)})
    ring.served(6)
    ring.next()
    assert ring.deficits.get("a", 0) == 0


def test_a_blocked_tenant_keeps_what_it_saved() -> None:
    """A tenant of weight 3 that reaches its cap within its turn gets the rest of that turn on top of its next."""
    ring = Ring({"big": queue("big", 20), "small": queue("small", 20)}, {"big": 3})
    ring.served(1)
    ring.blocked.add("big")
    assert [one.tenant for one in ring.served(1)] == ["small"]
    ring.blocked.clear()
    assert [one.tenant for one in ring.served(6)] == ["big"] * 5 + ["small"]


def test_a_tenant_that_is_blocked_in_every_turn_saves_no_more_than_some() -> None:
    """Cut off after one job of each turn for a hundred rounds, it then gets three turns besides its own, no more."""
    ring = Ring({"big": queue("big", 300), "small": queue("small", 300)}, {"big": 2})
    for _ in range(100):
        ring.blocked.clear()
        assert [one.tenant for one in ring.served(1)] == ["big"]
        ring.blocked.add("big")
        assert [one.tenant for one in ring.served(1)] == ["small"]
    ring.blocked.clear()
    assert [one.tenant for one in ring.served(9)] == ["big"] * 8 + ["small"]


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(st.sampled_from((5, 10, 15)), min_size=1, max_size=12), min_size=1
    ),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 4)),
)
def test_every_job_is_served_once(lengths: dict[str, list[int]], weights: dict[str, int]) -> None:
    """Whatever waits and whatever the plans weigh, the ring stops only when nothing is left."""
    queues = {name: [job(name, n, duration=one) for n, one in enumerate(each)] for name, each in lengths.items()}
    total = sum(len(each) for each in queues.values())
    ring = Ring(queues, weights)
    assert len({one.id for one in ring.served(total)}) == total
    assert ring.next() is None


def test_age_lifts_every_job_past_any_priority() -> None:
    """A job of the lowest priority goes before a fresh one of the highest when it has waited long enough."""
    old = job("a", 1, priority=-5)
    fresh = job("a", 2, priority=5, created_ms=NOW + 10 * PRIORITY_STEP_MS + 1)
    assert rank(job("a", 3, priority=5)) < rank(old) < rank(fresh)


def test_a_batch_begins_with_its_longest_clips() -> None:
    """Of jobs sent together the longer clip is served first; a minute later it is not any more."""
    short, long = job("a", 1), job("a", 2, duration=10)
    assert rank(long) < rank(short)
    assert rank(short) < rank(job("a", 3, duration=10, created_ms=NOW + 60_001))
