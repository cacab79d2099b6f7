"""A harness that finds nothing wrong with a naive pipeline would be worth nothing."""

from collections.abc import Callable

import pytest

from tests.crash.naive import books
from tests.crash.naive.pipeline import HANDLERS
from tests.crash.rig import Rig
from tests.crash.run import Pipeline, run
from tests.crash.scenarios import SCENARIOS
from tests.crash.tree import Tree

NAIVE = Pipeline(HANDLERS.__getitem__, books.read_books, books.at_every_step, books.at_rest, idempotent=False)
NAMES = ("one_clip", "no_callbacks")
CHOSEN = tuple(scenario for scenario in SCENARIOS if scenario.name in NAMES)
SHARE_OF_PAIRS = 0.25


@pytest.mark.xdist_group("crash-naive")
def test_most_crashes_break_a_naive_pipeline(crash_rig: Rig, record_property: Callable[[str, object], None]) -> None:
    """Undisturbed it works; of its crash schedules more than half break an invariant."""
    tried = broken = 0
    for scenario in CHOSEN:
        assert run(crash_rig, scenario, pipeline=NAIVE).violations == []
        tree = Tree(deaths=2, share=SHARE_OF_PAIRS)
        run(crash_rig, scenario, pipeline=NAIVE, tree=tree)
        crashed = [told for told in tree.told if told.deaths]
        tried, broken = tried + len(crashed), broken + sum(1 for told in crashed if told.violations)
    record_property("crash_naive", [tried, broken])
    assert broken > tried / 2
