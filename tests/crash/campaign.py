"""Tries schedules and counts."""

import random
from dataclasses import dataclass, field

from tests.crash.rig import Rig
from tests.crash.run import OURS, Pipeline, Result, run
from tests.crash.scenarios import BY_NAME, Scenario
from tests.crash.schedules import Schedule, crash_points, lost_answers, overtakings
from tests.crash.tree import Death, Told, Tree


@dataclass
class Figures:
    """How much was tried and how much broke; `broken` names schedules with their first violation."""

    points: int = 0
    singles: int = 0
    pairs: int = 0
    pairs_in_all: int = 0
    broken: list[str] = field(default_factory=list)


def explored(
    rig: Rig, scenario: Scenario, share_of_pairs: float = 1.0, pipeline: Pipeline = OURS
) -> tuple[Result, list[Told]]:
    """The undisturbed run, and all that is told of it, of every single crash, and of so many of those that follow."""
    run(rig, scenario, pipeline=pipeline)  # films and covers are made once in a process: before it forks
    tree = Tree(deaths=2, share=share_of_pairs)
    return run(rig, scenario, pipeline=pipeline, tree=tree), tree.told


def tried(rig: Rig, name: str, *, pairs: bool, others: int | None) -> Figures:
    """Every single crash of a scenario, if wanted with all that can follow it, and so many (None: all) other faults."""
    scenario = BY_NAME[name]
    plain, crashed = explored(rig, scenario, share_of_pairs=pairs)
    figures = Figures(crash_points(plain.effects))
    for told in crashed:
        _keep(figures, told)
    for schedule in sample(without_deaths(plain), others, name):
        figures.singles += 1
        _judge(figures, _alone(schedule, run(rig, scenario, schedule)))
    return figures


def _alone(schedule: Schedule, result: Result) -> Told:
    deaths = tuple(Death(fault, result.effects[fault.effect - 1].site) for fault in schedule)
    return Told(deaths, tuple(result.violations), result.struck)


def without_deaths(plain: Result) -> list[Schedule]:
    """Every answer that can get lost, and every change before which somebody else can serve the same event."""
    return [(fault,) for fault in (*lost_answers(plain.effects), *overtakings(plain.effects))]


def sample(schedules: list[Schedule], most: int | None, seed: str) -> list[Schedule]:
    """At most so many (None: all), the same ones for the same seed."""
    if most is None or len(schedules) <= most:
        return schedules
    return random.Random(seed).sample(schedules, most)  # noqa: S311 - a repeatable choice


def _keep(figures: Figures, told: Told) -> None:
    figures.singles += len(told.deaths) == 1
    figures.pairs += len(told.deaths) == 2
    figures.pairs_in_all += told.places if len(told.deaths) == 1 else 0
    _judge(figures, told)


def _judge(figures: Figures, told: Told) -> None:
    story = ", ".join(map(str, told.deaths)) or "undisturbed"
    if told.violations:
        figures.broken.append(f"{story}: {told.violations[0]}")
    elif told.struck != len(told.deaths):
        figures.broken.append(f"{story}: {told.struck} struck")
