"""Nothing lost, nothing paid twice, wherever a function dies."""

import os
from collections.abc import Callable

import pytest

from tests.crash.campaign import tried
from tests.crash.explorer import Explorer
from tests.crash.rig import Rig
from tests.crash.run import run
from tests.crash.scenarios import BY_NAME, SCENARIOS, Scenario
from tests.crash.schedules import singles
from tests.crash.sites import all_sites, reached

EVERYTHING = os.environ.get("CRASH_SCHEDULES") == "all"
"""`make crash`: all pairs in all scenarios. Otherwise in those of `EVERY_FLOW`."""
EVERY_FLOW = ("one_clip", "no_callbacks", "canceled_in_time")
FLOWS = {"submit", "dispatch", "webhook", "poll", "finalize", "sweep"}
OTHERS = 3
SHARE_OF_SITES = 0.95


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_no_schedule_breaks_an_invariant(
    crash_explorer: Explorer, scenario: Scenario, record_property: Callable[[str, object], None]
) -> None:
    """Killed before or after any effect, once or twice, or overtaken: the whole history keeps I1-I6 and I10."""
    whole = EVERYTHING or scenario.name in EVERY_FLOW
    figures = crash_explorer.call(tried, scenario.name, pairs=whole, others=None if EVERYTHING else OTHERS)
    counted = [figures.points, figures.singles, figures.pairs, figures.pairs_in_all, len(figures.broken)]
    record_property("crash", [scenario.name, *counted])
    assert figures.broken == []
    assert figures.pairs == figures.pairs_in_all or not whole


def test_all_pairs_are_tried_in_every_flow(crash_rig: Rig) -> None:
    """The scenarios of which `make test` tries every pair pass through every function, a client's cancel among them."""
    effects = [effect for name in EVERY_FLOW for effect in run(crash_rig, BY_NAME[name]).effects]
    assert {effect.function for effect in effects} == FLOWS
    assert any(path.endswith("use_cases/cancel.py") for effect in effects for path, _ in effect.lines)


@pytest.mark.xdist_group("crash-sites")
def test_nearly_every_effect_site_is_reached(crash_rig: Rig, record_property: Callable[[str, object], None]) -> None:
    """Of the lines of the library that call the outside, the scenarios and the repairs of one of them pass 95 %."""
    effects = [effect for scenario in SCENARIOS for effect in run(crash_rig, scenario).effects]
    one_clip = SCENARIOS[0]
    plain = run(crash_rig, one_clip).effects
    for (fault,) in singles(plain):
        if plain[fault.effect - 1].function in {"submit", "dispatch"}:
            effects += run(crash_rig, one_clip, (fault,)).effects
    sites, found = all_sites(), reached(effects)
    missing = sorted(f"{path.rsplit('reelwright/', 1)[-1]}:{line}" for path, line in sites - found)
    record_property("crash_sites", [len(found), len(sites), missing])
    assert len(found) >= SHARE_OF_SITES * len(sites), missing
