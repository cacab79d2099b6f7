"""The schedules of a tree, each run once more by itself."""

from tests.crash.effects import Fault
from tests.crash.rig import Rig
from tests.crash.run import run
from tests.crash.scenarios import SCENARIOS, Scenario
from tests.crash.schedules import crashes
from tests.crash.tree import Told, Tree


def both_ways(rig: Rig, name: str) -> tuple[list[Told], list[Told]]:
    """What a tree tells of a scenario, and what a run of its own tells of each of the tree's schedules."""
    scenario, tree = next(one for one in SCENARIOS if one.name == name), Tree(deaths=2)
    run(rig, scenario, tree=tree)
    return tree.told, [_alone(rig, scenario, told.deaths) for told in tree.told]


def _alone(rig: Rig, scenario: Scenario, deaths: tuple[str, ...]) -> Told:
    faults = tuple(_fault(death) for death in deaths)
    own = run(rig, scenario, faults)
    places = len(list(crashes(own.effects, faults[-1].effect if faults else 0)))
    return Told(deaths, tuple(own.violations), own.struck, places)


def _fault(death: str) -> Fault:
    """Of its name in a tree: `after #12 dispatch: …`."""
    when, number, *_ = death.split()
    return Fault(int(number.removeprefix("#")), "before" if when == "before" else "after")
