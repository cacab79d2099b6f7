"""All pairs of kills: in small worlds a process dies at every place, and again at every later one.

The store is the one in memory that a differential test holds against moto; tests/crash kills the same way on moto.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from tests.simulation.chaos import Chaos
from tests.simulation.clients import Clients
from tests.simulation.ending import at_rest, check, replay
from tests.simulation.functions import Deployment
from tests.simulation.invariants import Invariants
from tests.simulation.passages import Kill, Passage, kills
from tests.simulation.run import SETTLE_MS, state
from tests.simulation.sizes import Size
from tests.simulation.world import World

REPLAY_MS = 600_000


@dataclass(frozen=True, slots=True)
class Story:
    """A seed with few jobs, what goes wrong in its world beside the kills, and what it has to meet undisturbed."""

    name: str
    seed: int
    chaos: Chaos
    meets: AbstractSet[str]
    jobs: int = 1
    size: Size = field(default_factory=Size)


@dataclass(frozen=True, slots=True)
class Told:
    """What a schedule showed: the calls until it came to rest, how many kills struck, and what broke."""

    lived: tuple[Passage, ...]
    struck: int
    violations: tuple[str, ...]
    met: frozenset[str]


def tell(story: Story, *schedule: Kill) -> Told:
    """Run a story with these kills to its rest, judge it, say everything again, and judge that."""
    world = World(story.seed, story.chaos)
    world.passages.plan = {kill.number: kill.when for kill in schedule}
    deployment = Deployment(world, story.size)
    invariants = Invariants(deployment)
    clients = Clients(deployment, story.jobs, within_ms=1)
    world.after_event = invariants.always
    try:
        world.run(world.now_ms + SETTLE_MS, lambda: bool(invariants.violations) or at_rest(deployment, clients))
        lived = tuple(world.passages.seen)
        check(deployment, clients, invariants)
        before = state(deployment)
        replay(deployment)
        world.run(world.now_ms + REPLAY_MS, lambda: bool(invariants.violations))
        invariants.hold(state(deployment) == before, "I10 saying everything again changed something")
    finally:
        world.close()
    return Told(lived, world.passages.struck, tuple(invariants.violations), _met(world, deployment))


def schedules(story: Story) -> Iterator[tuple[tuple[Kill, ...], Told]]:
    """The undisturbed run, every single kill, and every pair: the second one may fall into the repair of the first."""
    plain = tell(story)
    yield (), plain
    for first in kills(plain.lived):
        one = tell(story, first)
        yield (first,), one
        for second in kills(one.lived, later_than=first.number):
            yield (first, second), tell(story, first, second)


def _met(world: World, deployment: Deployment) -> frozenset[str]:
    """How jobs ended, and what went wrong on the way."""
    ends = {job.error.code if job.error else str(job.status) for job in deployment.rows.jobs.values()}
    return frozenset(ends | {outcome for _, _, _, outcome in world.trace})
