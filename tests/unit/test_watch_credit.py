"""How often Kling is asked what is left."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from reelwright.use_cases.ops.kling_books import Pack
from reelwright.use_cases.watching import WatchCredit
from tests.support.fake_telemetry import FakeTelemetry
from tests.support.fakes import FakeClock

MINUTE_MS = 60_000
AN_HOUR = range(60)


@dataclass
class Books:
    """An account's, with two packs, one of them spent; remembers when it was asked."""

    clock: FakeClock
    asked: list[int] = field(default_factory=list)

    def packs(self, start_ms: int, end_ms: int) -> tuple[Pack, ...]:
        """Both packs."""
        self.asked.append(self.clock.at_ms // MINUTE_MS)
        assert start_ms < end_ms
        return tuple(Pack("p", "video", Decimal(100), Decimal("7.5"), status, None) for status in ("online", "expired"))


@pytest.mark.parametrize(("every", "times"), [(0, 0), (1, 60), (5, 12), (60, 1)])
def test_kling_is_asked_as_often_as_the_setting_says(every: int, times: int) -> None:
    """Never more than once a minute, even when the sweep is woken twice in each."""
    clock = FakeClock(0)
    books = Books(clock)
    watching = WatchCredit({"main": books}, clock, FakeTelemetry(), every)  # type: ignore[dict-item]
    for minute in AN_HOUR:
        for second in (1, 31):
            clock.at_ms = minute * MINUTE_MS + second * 1000
            watching.watch()
    assert len(books.asked) == len(set(books.asked)) == times


def test_what_is_left_is_told_by_account() -> None:
    """Spent packs do not count, and each account is a series of its own."""
    clock, telemetry = FakeClock(0), FakeTelemetry()
    accounts = {name: Books(clock) for name in ("main", "second")}
    WatchCredit(accounts, clock, telemetry, 1).watch()  # type: ignore[arg-type]
    assert telemetry.series == [("KlingCreditUnits", ("account", name)) for name in accounts]
    assert telemetry.counts == {"KlingCreditUnits": 15}
