"""Who is woken, and by what: Kling's own incidents wake nobody for their consequences, ours do, whatever Kling does."""

from collections.abc import Callable, Iterator

import pytest

from infra.alarms import IMPACT, PROVIDER
from local.figures.bells import Bell, bells, composite, parts
from local.figures.mathematics import Value
from local.figures.series import Series
from local.stage import Stage
from tests.infra.observability.stories import MINUTE_MS, Told

pytestmark = pytest.mark.xdist_group("stories of alarms")

INCIDENTS = ("blocked", "dim", "blackout", "blackout amid tasks", "barren")


def _minutes(told: Told) -> Iterator[int]:
    return iter(range(told.began_ms, told.ended_ms, MINUTE_MS))


def _ring(alarms: dict[str, Bell], names: tuple[str, ...], story: Told, at_ms: int) -> bool:
    return any(alarms[name].rings(story.series, at_ms) for name in names)


@pytest.mark.parametrize("name", INCIDENTS)
def test_no_incident_of_klings_wakes_anybody(name: str, alarms: dict[str, Bell], told: Callable[[str], Told]) -> None:
    """From the first minute that users feel it until the last: the incident rings already, and never pauses."""
    story = told(name)
    felt = [at for at in _minutes(story) if _ring(alarms, IMPACT, story, at)]
    assert felt
    assert all(_ring(alarms, PROVIDER, story, at) for at in felt)


@pytest.mark.parametrize("name", ["slow", "undelivered"])
def test_what_is_ours_wakes_somebody(name: str, alarms: dict[str, Bell], told: Callable[[str], Told]) -> None:
    """Kling works, and jobs wait too long, or their videos cannot be copied: no incident, in no minute."""
    story = told(name)
    assert _ring(alarms, IMPACT, story, story.ended_ms)
    assert not any(_ring(alarms, PROVIDER, story, at) for at in _minutes(story))


def test_the_page_is_made_of_what_kling_can_cause(prod: Stage) -> None:
    """And nothing else holds it back than what is Kling's."""
    page = composite(prod, "UserImpact")
    assert parts(page["AlarmRule"]) == {"OldestWaiting", "SuccessRatio"}
    assert parts(page["ActionsSuppressor"]) == {"ProviderIncident"}
    assert parts(composite(prod, "ProviderIncident")["AlarmRule"]) == set(PROVIDER)
    assert page["AlarmActions"]


def test_errors_of_our_api_are_told_whatever_kling_does(prod: Stage) -> None:
    """No composite can mute them: they have an action of their own, the same as the page's."""
    assert bells(prod)["ApiErrors"].properties["AlarmActions"] == composite(prod, "UserImpact")["AlarmActions"]


def test_the_page_waits_as_long_as_an_incident_may_take(prod: Stage, alarms: dict[str, Bell]) -> None:
    """A job that waited long already rings soonest; the first whole periods without Kling ring at the latest then."""
    trouble, waiting = alarms["ProviderTrouble"].properties, alarms["OldestWaiting"].properties
    latest = (1 + trouble["DatapointsToAlarm"]) * alarms["ProviderTrouble"].period_ms
    soonest = waiting["DatapointsToAlarm"] * alarms["OldestWaiting"].period_ms
    page = composite(prod, "UserImpact")
    assert page["ActionsSuppressorWaitPeriod"] * 1000 == latest - soonest
    assert page["ActionsSuppressorExtensionPeriod"] * 1000 >= latest


def _share(bell: Bell, counts: dict[str, int]) -> Value:
    """The figure of a period in which that was told."""
    series = Series()
    for key in bell.sources():
        told = next((value for dimension, value in key[2] if dimension != "service"), key[1])
        if told in counts:
            series.values[key] = [(0, counts[told])]
    return bell.value(series, 0)


def test_calls_to_kling_that_come_to_nothing_are_a_share(alarms: dict[str, Bell]) -> None:
    """Of creates and look-ups together; of a handful nothing is said as long as Kling's pulse beats."""
    bell = alarms["ProviderTrouble"]
    assert _share(bell, {"Submitted": 1, "Discovered": 1, "LookUpFailed": 4, "SubmitUnknown": 2}) == 75
    assert _share(bell, {"Submitted": 5, "Discovered": 5, "LookUpFailed": 4}) < 50  # type: ignore[operator]
    assert _share(bell, {"LookUpFailed": 2}) == 0
    assert _share(bell, {"LookUpFailed": 1, "CreditUnknown": 1}) == 100
    assert _share(bell, {"Submitted": 1, "CreditUnknown": 1}) == 0
    assert _share(bell, {}) == 0


def test_failures_of_klings_are_an_incident_only_where_most_are_klings(alarms: dict[str, Bell]) -> None:
    """Where our copies fail as well, and oftener, somebody is woken; what moderation refuses is nobody's failure."""
    bell = alarms["RenderingsFail"]
    assert _share(bell, {"Succeeded": 7, "Failed": 3, "generation_failed": 3}) == 30
    assert _share(bell, {"Succeeded": 4, "Failed": 6, "generation_failed": 2}) == 0
    assert _share(bell, {"Succeeded": 6, "Failed": 4, "content_refused": 2, "generation_failed": 2}) == 25
    assert _share(bell, {"Failed": 2, "generation_failed": 2}) == 0
