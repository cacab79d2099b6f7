"""What a lane learns from the provider's answers. Each lesson is a pure function from lane to lane."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from reelwright.domain.lane import Lane, Lessons

FIRST_PROBE_CREATES: Final = 40
MOST_PROBE_CREATES: Final = 200
PROBE_GROWTH: Final = 3
"""Trying costs a call when it fails: it is done after as long as 40, 120, 200, 200 … creates take."""

MOST_DOUBLINGS: Final = 4

SHORTEST_PROBE_SECONDS, LONGEST_PROBE_SECONDS = 60, 5_400
TASK_MS: Final = 120_000
"""How long a task takes where the lane does not know yet."""

SLOWEST_MS: Final = 60_000
EASE_SECONDS: Final = 300
LONGEST_BREAK_SECONDS: Final = 900
HALF_OPEN_SECONDS: Final = 30
"""While the breaker is half open, one create may try; its answer is due within this time."""

Lesson = Callable[[Lane, int], Lane]
"""(lane, now in epoch milliseconds) → the lane that knows better."""


def over_capacity(lane: Lane, now_ms: int) -> Lane:
    """1303: somebody else uses the account, or it has fewer slots than we were told: lower, and probe later."""
    lowered = _lowered(lane)
    working = max(1, min(len(lane.slots) - _given_up(lowered), lane.limit - 1))
    first, longest = _creates(lane, working, FIRST_PROBE_CREATES), _creates(lane, working, MOST_PROBE_CREATES)
    gap = min(max(lane.lessons.probe_gap_seconds * PROBE_GROWTH, first), longest)
    return _learnt(lane, working=working, lowered=lowered, probe_gap_seconds=gap, probe_ms=now_ms + gap * 1000)


def _lowered(lane: Lane) -> int:
    """How often in a row the limit was still too high; a try above it that failed does not count."""
    working = lane.lessons.working
    return lane.lessons.lowered + 1 if working is None or len(lane.slots) < working else 0


def _given_up(lowered: int) -> int:
    """Slots that are left to whoever takes one after the other: asking for each of them would waste a call for each."""
    return (1 << min(max(lowered - 1, 0), MOST_DOUBLINGS)) - 1


def _creates(lane: Lane, working: int, count: int) -> int:
    """Seconds in which the lane makes so many creates with its working slots."""
    seconds = (lane.typical_ms or TASK_MS) * count // working // 1000
    return min(max(seconds, SHORTEST_PROBE_SECONDS), LONGEST_PROBE_SECONDS)


def rate_limited(lane: Lane, now_ms: int) -> Lane:
    """1302: half the pace, and keep it for a while."""
    interval = min(max(lane.interval_ms * 2, 1000), SLOWEST_MS)
    slower = _learnt(lane, interval_ms=interval, eases_ms=now_ms + EASE_SECONDS * 1000)
    return replace(slower, tat_ms=now_ms + interval * 3)


def blocked(code: str, cool_seconds: int, after_seconds: int = 0) -> Lesson:
    """An answer that only an operator can change: break off, and try a single create ever later.

    A lane that another one taught tries `after_seconds` later, so that one create asks for the whole account.
    """

    def lesson(lane: Lane, now_ms: int) -> Lane:
        failures = lane.lessons.failures + 1
        seconds = min(cool_seconds * 2 ** min(failures - 1, 8), LONGEST_BREAK_SECONDS) + after_seconds
        return replace(_learnt(lane, failures=failures, code=code), cool_until_ms=now_ms + seconds * 1000)

    return lesson


def recovered(lane: Lane, now_ms: int) -> Lane:
    """Another lane's create was accepted after the account had been refused: the breaker closes."""
    return replace(_learnt(lane, failures=0, code=""), cool_until_ms=now_ms) if lane.lessons.failures else lane


def succeeded(lane: Lane, now_ms: int) -> Lane:
    """A create was accepted: the breaker closes, a probe that worked raises the limit, a slow pace eases in time."""
    old = lane.lessons
    closed = replace(lane, cool_until_ms=now_ms) if old.failures else lane
    return _learnt(closed, failures=0, code="", lowered=0, **_raised(lane, now_ms), **_eased(old, now_ms))


def _raised(lane: Lane, now_ms: int) -> dict[str, int | None]:
    """Whoever took slots is likely to leave all of them together, so the next one is tried at once."""
    old = lane.lessons
    if old.working is None or len(lane.slots) <= old.working:
        return {}
    if len(lane.slots) >= lane.limit:
        return {"working": None, "probe_gap_seconds": 0}
    return {"working": len(lane.slots), "probe_gap_seconds": old.probe_gap_seconds // PROBE_GROWTH, "probe_ms": now_ms}


def _eased(old: Lessons, now_ms: int) -> dict[str, int]:
    if not old.interval_ms or now_ms < old.eases_ms:
        return {}
    faster = old.interval_ms // 2
    return {"interval_ms": faster if faster >= 1000 else 0, "eases_ms": now_ms + EASE_SECONDS * 1000}  # noqa: PLR2004


def _learnt(lane: Lane, **changes: object) -> Lane:
    lessons = replace(lane.lessons, version=lane.lessons.version + 1, **changes)  # type: ignore[arg-type]
    return replace(lane, lessons=lessons)
