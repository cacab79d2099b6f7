"""Tries schedules and counts."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.crash.rig import Rig
from tests.crash.run import Result, run
from tests.crash.scenarios import Scenario
from tests.crash.schedules import Schedule, crash_points, lost_answers, overtakings
from tests.crash.tree import Told, Tree


@dataclass
class Figures:
    """How much was tried and how much broke; `broken` names schedules with their first violation."""

    points: int = 0
    singles: int = 0
    pairs: int = 0
    pairs_in_all: int = 0
    broken: list[str] = field(default_factory=list)


def try_crashes(rig: Rig, scenario: Scenario, figures: Figures, share_of_pairs: float) -> Result:
    """The undisturbed run, every single crash, and so many of all the crashes that can follow one."""
    plain = run(rig, scenario)
    figures.points += crash_points(plain.effects)
    tree = Tree(deaths=2, share=share_of_pairs)
    run(rig, scenario, tree=tree)
    for told in tree.told:
        _keep(figures, scenario, told)
    return plain


def try_others(rig: Rig, scenario: Scenario, found: Iterable[Schedule], figures: Figures) -> None:
    """Run schedules with a fault that kills nobody."""
    for schedule in found:
        figures.singles += 1
        result = run(rig, scenario, schedule)
        names = tuple(f"{fault.when} #{fault.effect} {result.effects[fault.effect - 1].site}" for fault in schedule)
        _judge(figures, scenario, Told(names, tuple(result.violations), result.struck, 0))


def others(plain: Result) -> list[Schedule]:
    """Every answer that can get lost, and every change before which somebody else can serve the same event."""
    return [(fault,) for fault in (*lost_answers(plain.effects), *overtakings(plain.effects))]


def sample(schedules: list[Schedule], most: int, seed: str) -> list[Schedule]:
    """At most so many, the same ones for the same seed."""
    if len(schedules) <= most:
        return schedules
    return random.Random(seed).sample(schedules, most)  # noqa: S311 - a repeatable choice


def _keep(figures: Figures, scenario: Scenario, told: Told) -> None:
    figures.singles += len(told.deaths) == 1
    figures.pairs += len(told.deaths) == 2
    figures.pairs_in_all += told.places if len(told.deaths) == 1 else 0
    _judge(figures, scenario, told)


def _judge(figures: Figures, scenario: Scenario, told: Told) -> None:
    story = ", ".join(told.deaths) or "undisturbed"
    if told.violations:
        figures.broken.append(f"{scenario.name}: {story}: {told.violations[0]}")
    elif told.struck != len(told.deaths):
        figures.broken.append(f"{scenario.name}: {story}: {told.struck} struck")
