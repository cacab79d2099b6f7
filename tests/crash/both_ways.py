"""The schedules of a tree, each run once more by itself."""

from tests.crash.campaign import explored
from tests.crash.rig import Rig
from tests.crash.run import run
from tests.crash.scenarios import BY_NAME
from tests.crash.schedules import crashes
from tests.crash.tree import Death, Told


def both_ways(rig: Rig, name: str) -> tuple[list[Told], list[Told]]:
    """What a tree tells of a scenario, and what a run of its own tells of each of the tree's schedules."""
    _, branched = explored(rig, BY_NAME[name])
    return branched, [_alone(rig, name, told.deaths) for told in branched]


def _alone(rig: Rig, name: str, deaths: tuple[Death, ...]) -> Told:
    faults = tuple(death.fault for death in deaths)
    own = run(rig, BY_NAME[name], faults)
    places = len(list(crashes(own.effects, faults[-1].effect if faults else 0)))
    return Told(deaths, tuple(own.violations), own.struck, places)
