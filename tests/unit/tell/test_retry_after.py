"""How long a receiver asks us to wait."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.webhooks.retry_after import LONGEST, seconds

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("0", 0),
        ("1", 1),
        (" 120 ", 120),
        ("86400", 86_400),
        ("86401", 86_400),
        ("9" * 5_000, 86_400),
        ("000000000000000000030", 86_400),
        ("", 0),
        ("-1", 0),
        ("1.5", 0),
        ("١٢", 0),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30),
        ("Fri, 20 Nov 2026 12:00:30 -0000", 30),
        ("Friday, 20-Nov-26 12:00:30 GMT", 30),
        ("Fri Nov 20 12:00:30 2026", 30),
        ("Fri, 20 Nov 2026 11:59:59 GMT", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Fri, 20 Nov 9999 12:00:30 GMT", 86_400),
        ("Fri, 40 Nov 2026 12:00:30 GMT", 0),
        ("Fri, 20 Nov 2026 12:00:30 +99999999999999", 0),
    ],
)
def test_seconds_and_dates_are_understood(said: str, wait: int) -> None:
    """RFC 9110's three forms of a date, and numbers; nonsense and the past mean nothing."""
    assert seconds(said, NOW) == wait


@given(st.text())
def test_whatever_is_said_the_wait_is_within_a_day(said: str) -> None:
    """A stranger wrote it: it neither raises nor holds a delivery back for long."""
    assert 0 <= seconds(said, NOW) <= LONGEST


@given(st.integers(1, LONGEST), st.floats(0, 1, exclude_max=True))
def test_nobody_comes_back_before_the_date(ahead: int, fraction: float) -> None:
    """And at most a second after it."""
    date = format_datetime(datetime.fromtimestamp(NOW + ahead, UTC), usegmt=True)
    now = NOW + fraction
    wait = seconds(date, now)
    assert 0 <= now + wait - (NOW + ahead) <= 1
