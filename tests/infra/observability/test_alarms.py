"""Each alarm rings in the story that it is for, on the metrics that the functions really tell; none rings in peace."""

from collections.abc import Callable

import pytest

from local.figures.bells import Bell
from local.figures.series import Series
from tests.infra.observability.stories import MINUTE_MS, Told

pytestmark = pytest.mark.xdist_group("stories of alarms")

Feed = Callable[[Bell, Told], Series]


def _ours(_bell: Bell, told: Told) -> Series:
    """What the functions told."""
    return told.series


def _by_many(_bell: Bell, told: Told) -> Series:
    """The same, as if sixty tenants did it together."""
    return told.series.times(60)


def _executions(bell: Bell, told: Told) -> Series:
    """AWS counts executions itself."""
    return _counted(bell, {"ExecutionsFailed": told.failed_executions})


def _requests(bell: Bell, told: Told) -> Series:
    """API Gateway counts requests, and answers 500 where a function raises."""
    asked = [(at_ms, raised) for at_ms, function, raised in told.answers if function == "submit"]
    return _counted(bell, {"Count": [at for at, _ in asked], "5xx": [at for at, raised in asked if raised]})


def _errors(bell: Bell, told: Told) -> Series:
    """Lambda counts invocations that raise."""
    (submit,) = [key for key in bell.sources("Errors") if "DoorsSubmit" in str(key)]
    series = Series()
    series.values[submit] = [(at, 1) for at, function, raised in told.answers if function == "submit" and raised]
    return series


def _dead(bell: Bell, told: Told) -> Series:
    """SQS counts what is visible."""
    return _counted(bell, {"ApproximateNumberOfMessagesVisible": told.dead_letters})


def _turned_away(bell: Bell, told: Told) -> Series:
    """No fake of AWS turns calls away: the counts are put in by hand, everything else is as ever."""
    minutes = range(told.began_ms, told.ended_ms, MINUTE_MS)
    return _counted(bell, {name: list(minutes) for _, name, _ in bell.sources()})


def _counted(bell: Bell, times: dict[str, list[int]]) -> Series:
    series = Series()
    for name, found in times.items():
        for key in bell.sources(name):
            series.values[key] = [(at_ms, 1.0) for at_ms in found]
    return series


CASES: dict[str, tuple[str, Feed]] = {
    "HintsDead": ("garbage", _dead),
    "SweepDead": ("garbage", _dead),
    "DeliveriesDead": ("garbage", _dead),
    "OutboxDead": ("garbage", _dead),
    "OutboxOld": ("deaf", _ours),
    "EndpointDisabled": ("gone", _ours),
    "OldestWaiting": ("slow", _ours),
    "SlotLeak": ("orphans", _ours),
    "SweepSilent": ("broken", _ours),
    "RepairsFail": ("spoiled", _ours),
    "ExecutionsFailed": ("unfinished", _executions),
    "ApiErrors": ("broken", _requests),
    "FunctionErrors": ("broken", _errors),
    "Throttles": ("healthy", _turned_away),
    "ApiThrottles": ("healthy", _turned_away),
    "TableThrottles": ("healthy", _turned_away),
    "SuccessRatio": ("undelivered", _ours),
    "BreakerOpen": ("blocked", _ours),
    "ProviderTrouble": ("dark", _ours),
    "RenderingsFail": ("barren", _ours),
    "CallbackSilence": ("silent", _ours),
    "LedgerDrift": ("tampered", _ours),
    "BudgetBurn": ("healthy", _by_many),
    "KlingCreditLow": ("poor", _ours),
}


OF_TELLING = {"OutboxOld", "EndpointDisabled"}
INVENTED = {_by_many, _turned_away}
"""What these feed did not happen so in the story: in peace it is not fed."""

SETTLED_MS = 11 * MINUTE_MS
"""Before the first sweeps nothing has been told, which rings by itself whatever alarm silence rings."""


@pytest.mark.parametrize("name", sorted(CASES))
def test_an_alarm_rings_in_its_story(name: str, alarms: dict[str, Bell], told: Callable[[str], Told]) -> None:
    """The condition is met by metrics of the names, dimensions and units that the code tells."""
    story, feed = CASES[name]
    bell, told_so = alarms[name], told(story)
    since = told_so.began_ms + (SETTLED_MS if bell.breaches(None) else 0)
    assert bell.rang(feed(bell, told_so), since, told_so.ended_ms + bell.period_ms)


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_alarm_rings_in_peace(name: str, alarms: dict[str, Bell], told: Callable[[str], Told]) -> None:
    """Eighteen jobs in an hour, all well: silence."""
    healthy = told("told well" if name in OF_TELLING else "healthy")
    bell, feed = alarms[name], CASES[name][1]
    series = _ours(bell, healthy) if feed in INVENTED else feed(bell, healthy)
    assert not bell.rang(series, healthy.began_ms + SETTLED_MS, healthy.ended_ms)


def test_nobody_looking_at_the_outbox_is_an_alarm(alarms: dict[str, Bell], told: Callable[[str], Told]) -> None:
    """The schedule is off: no figure is told any more, and that is bad news."""
    asleep = told("asleep")
    assert not alarms["OutboxOld"].rang(
        asleep.series, asleep.began_ms + 5 * MINUTE_MS, asleep.began_ms + 10 * MINUTE_MS
    )
    assert alarms["OutboxOld"].rang(asleep.series, asleep.began_ms + SETTLED_MS, asleep.ended_ms)


def test_every_alarm_has_a_story(alarms: dict[str, Bell]) -> None:
    """No alarm is there that nobody has heard."""
    assert set(alarms) == set(CASES)


def test_an_outbox_that_cannot_be_repaired_is_an_alarm(alarms: dict[str, Bell], told: Callable[[str], Told]) -> None:
    """What telling cannot repair rings like what the sweep cannot."""
    torn = told("torn")
    assert alarms["RepairsFail"].rang(torn.series, torn.began_ms, torn.ended_ms)
