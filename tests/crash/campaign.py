"""Tries schedules and counts."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.crash.effects import Fault
from tests.crash.rig import Rig
from tests.crash.run import Result, run
from tests.crash.scenarios import Scenario
from tests.crash.schedules import Schedule, crash_points, seconds, singles


@dataclass
class Figures:
    """How much was tried and how much broke; `broken` names schedules with their first violation."""

    points: int = 0
    singles: int = 0
    pairs: int = 0
    pairs_in_all: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        """Schedules that were run."""
        return self.singles + self.pairs


def try_singles(rig: Rig, scenario: Scenario, figures: Figures, others: int | None) -> list[tuple[Fault, Result]]:
    """Schedules with one fault: all crashes, and all (or so many) others.

    The crashes come back with their traces, from which the pairs follow.
    """
    plain = run(rig, scenario)
    _keep(figures, scenario, (), plain)
    figures.points += crash_points(plain.effects)
    crashed = []
    for schedule in _chosen(singles(plain.effects), others, scenario.name):
        result = run(rig, scenario, schedule)
        figures.singles += 1
        _keep(figures, scenario, schedule, result)
        if schedule[0].when in {"before", "after"}:
            crashed.append((schedule[0], result))
    return crashed


def _chosen(found: tuple[Schedule, ...], others: int | None, seed: str) -> list[Schedule]:
    crash = [schedule for schedule in found if schedule[0].when in {"before", "after"}]
    rest = [schedule for schedule in found if schedule not in crash]
    return crash + (rest if others is None else sample(rest, others, seed))


def pairs(crashed: Iterable[tuple[Fault, Result]]) -> list[Schedule]:
    """All pairs of crashes."""
    return [pair for first, result in crashed for pair in seconds(first, result.effects)]


def try_pairs(rig: Rig, scenario: Scenario, chosen: Iterable[Schedule], figures: Figures) -> None:
    """Run pairs."""
    for pair in chosen:
        figures.pairs += 1
        _keep(figures, scenario, pair, run(rig, scenario, pair))


def sample(schedules: list[Schedule], most: int, seed: str) -> list[Schedule]:
    """At most so many, the same ones for the same seed."""
    if len(schedules) <= most:
        return schedules
    return random.Random(seed).sample(schedules, most)  # noqa: S311 - a repeatable choice


def _keep(figures: Figures, scenario: Scenario, schedule: Schedule, result: Result) -> None:
    if result.violations:
        story = ", ".join(f"{fault.when} {_site(result, fault)}" for fault in schedule) or "undisturbed"
        figures.broken.append(f"{scenario.name}: {story}: {result.violations[0]}")
    elif result.struck != len(schedule):
        figures.broken.append(f"{scenario.name}: {schedule} did not strike")


def _site(result: Result, fault: Fault) -> str:
    known = len(result.effects) >= fault.effect
    return f"#{fault.effect} {result.effects[fault.effect - 1].site}" if known else f"#{fault.effect}"
