"""The same harness let loose on the naive pipeline."""

from typing import Final

from tests.crash.campaign import explored
from tests.crash.naive import books
from tests.crash.naive.pipeline import HANDLERS
from tests.crash.rig import Rig
from tests.crash.run import Pipeline
from tests.crash.scenarios import BY_NAME
from tests.crash.tree import Told

NAIVE: Final = Pipeline(HANDLERS.__getitem__, books.read_books, books.at_every_step, books.at_rest, idempotent=False)
NAMES: Final = ("one_clip", "no_callbacks")
SHARE_OF_PAIRS: Final = 0.25


def naively(rig: Rig) -> list[Told]:
    """Its schedules without a crash, with one, and some of those with two."""
    found = [explored(rig, BY_NAME[name], SHARE_OF_PAIRS, NAIVE) for name in NAMES]
    return [one for _, told in found for one in told]
