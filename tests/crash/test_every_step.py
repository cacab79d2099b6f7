"""Nothing lost, nothing paid twice, wherever a function dies."""

import os
from collections.abc import Callable

import pytest

from tests.crash.campaign import Figures, pairs, sample, try_pairs, try_singles
from tests.crash.rig import Rig
from tests.crash.run import run
from tests.crash.scenarios import SCENARIOS, Scenario
from tests.crash.schedules import singles
from tests.crash.sites import all_sites, reached

EVERYTHING = os.environ.get("CRASH_SCHEDULES") == "all"
"""`make crash`: all of them. Otherwise every single crash, and a sample of the rest that is always the same."""
OTHERS = 3
PAIRS = 2
SHARE_OF_SITES = 0.95


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_no_schedule_breaks_an_invariant(
    crash_rig: Rig, scenario: Scenario, record_property: Callable[[str, object], None]
) -> None:
    """Killed before or after any effect, once or twice, or overtaken: the whole history keeps I1-I6 and I10."""
    figures = Figures()
    crashed = try_singles(crash_rig, scenario, figures, None if EVERYTHING else OTHERS)
    found = pairs(crashed)
    figures.pairs_in_all = len(found)
    try_pairs(crash_rig, scenario, found if EVERYTHING else sample(found, PAIRS, scenario.name), figures)
    record_property(
        "crash", [figures.points, figures.singles, figures.pairs, figures.pairs_in_all, len(figures.broken)]
    )
    assert figures.broken == []


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
