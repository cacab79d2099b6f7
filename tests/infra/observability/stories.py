"""Short stories, each with the one fault that an alarm is for, told by the real functions on virtual time."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from local.figures.series import Series
from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.domain.tenant import Tenant
from tests.crash import cloud
from tests.crash.effects import Seams
from tests.crash.functions import Outcome, handler
from tests.crash.rig import Rig
from tests.crash.world import World
from tests.infra.observability.tape import recording
from tests.simulators.kling.clock import VirtualClock
from tests.simulators.kling.settings import Settings
from tests.simulators.kling.simulator import KlingSimulator

CLIP = {"type": "text_to_video", "model": "kling-v2-5-turbo", "prompt": "a fox in snow", "duration": 5}
MINUTE_MS = 60_000


@dataclass(frozen=True)
class Story:
    """What happens, for how many minutes, and in which environment."""

    script: Callable[[World], None]
    minutes: int
    environment: Mapping[str, str] = field(default_factory=dict)
    units: int = 1000


@dataclass
class Told:
    """What a story left behind: lines, metrics, and what AWS itself would have counted."""

    lines: list[str]
    series: Series
    began_ms: int
    ended_ms: int
    failed_executions: list[int] = field(default_factory=list)
    dead_letters: list[int] = field(default_factory=list)
    answers: list[tuple[int, str, bool]] = field(default_factory=list)
    """(time, function, did it raise)"""


class Watching(World):
    """A world that writes down what AWS would count."""

    def __post_init__(self) -> None:
        """Begin with nothing counted."""
        super().__post_init__()
        self.failed: list[int] = []
        self.outcomes: list[tuple[int, str, bool]] = []

    def invoke(self, function: str, event: dict[str, Any]) -> Outcome:
        """See `World.invoke`."""
        outcome = super().invoke(function, event)
        self.outcomes.append((self.agenda.clock.now_ms(), function, bool(outcome.error)))
        return outcome

    def _ended(self, execution: Any) -> None:
        if execution.status == "FAILED":
            self.failed.append(self.agenda.clock.now_ms())
        super()._ended(execution)


def tell(rig: Rig, story: Story, level: int = logging.INFO) -> Told:
    """Tell a story from its beginning to the end of its time."""
    settings = Settings(accounts=cloud.KLING_ACCOUNT, render="tiny", concurrency=20, pack_units=Decimal(story.units))
    seams = Seams()
    kling = KlingSimulator(settings, clock=VirtualClock(), send=lambda *call: world.callback(*call))  # noqa: PLW0108 - made later
    with kling, recording(rig.now_ms, level) as tape:
        made = rig.enter(seams, lambda: Watching(seams, kling, handler), dict(story.environment))
        assert isinstance(made, Watching)
        world = made
        TableTenants(client("dynamodb"), cloud.TABLE).put(Tenant("acme", Decimal(10_000), 50, 1000))
        began = world.agenda.clock.now_ms()
        story.script(world)
        dead = _run(world, began + story.minutes * MINUTE_MS)
        told = Told(tape.lines, tape.series, began, world.agenda.clock.now_ms())
    told.failed_executions, told.dead_letters, told.answers = world.failed, dead, world.outcomes
    return told


def _run(world: World, until_ms: int) -> list[int]:
    """Minute by minute; at each, as many entries as there are dead letters then."""
    dead: list[int] = []
    while (now := world.agenda.clock.now_ms()) < until_ms:
        world.agenda.run(min(now + MINUTE_MS, until_ms))
        dead += [now] * bool(world.queue.dead)
    return dead


def every(minutes: float, times: int, act: Callable[[World, int], None]) -> Callable[[World], None]:
    """Do something again and again."""

    def script(world: World) -> None:
        for number in range(times):
            world.agenda.after(1 + number * minutes * 60, partial(act, world, number))

    return script


def clip(world: World, number: int) -> None:
    """One video, please."""
    world.submit(0, CLIP, f"key-{number}")


def check_ledger(world: World) -> None:
    """What the schedule does every hour."""
    world.functions.invoke("sweep", {"check": "ledger"})
