"""One schedule: a scenario, the faults that befall it, and the judgement over its whole history."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Final
from unittest.mock import patch

from tests.crash import cloud
from tests.crash.at_rest import answered, at_rest, changed_by_repeats
from tests.crash.books import Books, read_books
from tests.crash.effects import Call, Effect, Fault, Seams, never
from tests.crash.functions import Handler, handler
from tests.crash.invariants import KlingTask, at_every_step
from tests.crash.rig import Rig
from tests.crash.scenarios import Scenario
from tests.crash.stories import UNITS, tenant
from tests.crash.tree import Tree
from tests.crash.world import World
from tests.simulators.kling.clock import VirtualClock
from tests.simulators.kling.settings import Settings
from tests.simulators.kling.simulator import KlingSimulator

LIMIT_SECONDS: Final = 5400
"""Whatever has not come to rest by then never will: an hour after the last deadline."""


@dataclass
class Result:
    """What a schedule showed: its effects, its violations, and how many of its faults struck."""

    effects: list[Effect] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    struck: int = 0
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pipeline:
    """What is being tried: its functions, and how its books are read and judged."""

    handlers: Callable[[str], Handler]
    books: Callable[[], Books]
    every_step: Callable[[Books | None, Books, tuple[KlingTask, ...]], Iterator[str]]
    rest: Callable[[Books], Iterator[str]] = lambda _books: iter(())
    idempotent: bool = True


OURS: Final = Pipeline(handler, read_books, at_every_step)


class History:
    """Looks at the books after every change and keeps what is wrong."""

    def __init__(self, kling: KlingSimulator, result: Result, pipeline: Pipeline) -> None:
        self._kling, self._result, self._pipeline = kling, result, pipeline
        self._before: Books | None = None

    def seen(self, call: Call) -> None:
        """A call was made."""
        if call.changes and call.service != "secretsmanager":
            now = self._pipeline.books()
            self.note(self._pipeline.every_step(self._before, now, self.tasks()))
            self._before = now

    def note(self, violations: Iterator[str]) -> None:
        """Keep what is new."""
        self._result.violations += [one for one in violations if one not in self._result.violations]

    def tasks(self) -> tuple[KlingTask, ...]:
        """Every task at Kling."""
        return tuple(self._kling.control.tasks())


def run(
    rig: Rig, scenario: Scenario, faults: tuple[Fault, ...] = (), pipeline: Pipeline = OURS, tree: Tree | None = None
) -> Result:
    """Run a schedule to its rest, judge it, and deliver everything again. A `tree` branches off further ones."""
    result, tree = Result(), tree or Tree(deaths=0)
    settings = Settings(accounts=cloud.KLING_ACCOUNT, render="tiny", concurrency=5)
    seams = Seams({fault.effect: fault.when for fault in faults}, dies=tree.dies)
    with ExitStack() as stack:
        for name, value in scenario.constants.items():
            stack.enter_context(patch(name, value))
        kling = KlingSimulator(settings, clock=VirtualClock(), send=lambda *call: world.callback(*call))  # noqa: PLW0108 - the world comes later
        stack.enter_context(kling)
        history = History(kling, result, pipeline)
        world = rig.enter(seams, lambda: World(seams, kling, pipeline.handlers), scenario.environment)
        tenant(UNITS)
        seams.seen = history.seen
        scenario.script(world)
        begun = world.agenda.clock.now_ms()
        _to_rest(world, begun, pipeline)
        result.effects, result.struck = list(seams.effects), seams.struck
        result.seconds = (world.agenda.clock.now_ms() - begun) / 1000
        result.errors = list(world.functions.errors)
        _judge(scenario, world, history, pipeline)
        tree.over(result.effects, result.violations, result.struck)
    return result


def _to_rest(world: World, begun: int, pipeline: Pipeline) -> None:
    """Until only the sweep is left, and then one sweep more, without a fault."""
    world.agenda.run(begun + LIMIT_SECONDS * 1000, world.idle)
    while not _over(pipeline.books()) and world.agenda.clock.now_ms() < begun + LIMIT_SECONDS * 1000:
        world.agenda.run(world.agenda.clock.now_ms() + 60_000)
    world.agenda.run(world.agenda.clock.now_ms() + 60_000)


def _over(books: Books) -> bool:
    return not books.slots and all(facts.captured is not None for facts in books.jobs.values())


def _judge(scenario: Scenario, world: World, history: History, pipeline: Pipeline) -> None:
    world.seams.plan, world.seams.dies = {}, never
    before, tasks = pipeline.books(), history.tasks()
    history.note(pipeline.rest(before))
    history.note(at_rest(before, tasks, _files(world)))
    history.note(answered(before, world.answers))
    history.note(_ends(scenario, world, before))
    history.note(iter(world.functions.strange))
    if not pipeline.idempotent:
        return
    world.again()
    history.note(changed_by_repeats(before, pipeline.books()))
    if len(history.tasks()) != len(tasks):
        history.note(iter(["I10 repeats made a task at Kling"]))


def _ends(scenario: Scenario, world: World, books: Books) -> Iterator[str]:
    if len(books.jobs) > len(scenario.ends):
        yield f"I1 {len(books.jobs)} jobs for {len(scenario.ends)} keys"
    for key, job_id in world.answers.items():
        status = books.jobs[job_id].status if job_id in books.jobs else job_id
        if status not in scenario.ends[key]:
            yield f"I1 {key} ended as {status}"
    if missing := set(scenario.ends) - set(world.answers):
        yield f"I1 no answer for {sorted(missing)}"


def _files(world: World) -> dict[str, bytes]:
    """The videos as Kling made them."""
    app: Any = world.kling.app
    tasks = app.api.engine.store.tasks.values()
    return {task.task_id: app.studio.file(task).read_bytes() for task in tasks if task.status == "succeed"}
