"""The same harness let loose on the naive pipeline."""

from typing import Final

from tests.crash.naive import books
from tests.crash.naive.pipeline import HANDLERS
from tests.crash.rig import Rig
from tests.crash.run import Pipeline, run
from tests.crash.scenarios import SCENARIOS
from tests.crash.tree import Told, Tree

NAIVE: Final = Pipeline(HANDLERS.__getitem__, books.read_books, books.at_every_step, books.at_rest, idempotent=False)
NAMES: Final = ("one_clip", "no_callbacks")
SHARE_OF_PAIRS: Final = 0.25


def naively(rig: Rig) -> list[Told]:
    """Its schedules without a crash, with one, and some of those with two."""
    trees = {name: Tree(deaths=2, share=SHARE_OF_PAIRS) for name in NAMES}
    for scenario in SCENARIOS:
        if scenario.name in trees:
            run(rig, scenario, pipeline=NAIVE, tree=trees[scenario.name])
    return [told for tree in trees.values() for told in tree.told]
