"""One seed: a hostile while, then peace, then everything said again."""

from dataclasses import dataclass, replace
from hashlib import sha256

from reelwright.domain.times import month_bounds
from tests.simulation.chaos import Chaos
from tests.simulation.clients import Clients
from tests.simulation.ending import at_rest, check, replay
from tests.simulation.functions import Deployment
from tests.simulation.invariants import Invariants
from tests.simulation.operators import Operators
from tests.simulation.sizes import Size
from tests.simulation.world import World
from tests.support.fakes import START_MS

HOSTILE_MS = 2_400_000
"""Forty minutes of faults."""
SETTLE_MS = 48 * 3_600_000
"""Every deadline of every job, one after the other on one slot, fits in here."""
LAST_HOUR_MS = month_bounds("2026-09")[1] - 3_600_000
"""One world in four begins in a month's last hour: what was held in that month is settled in the next."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a seed came to."""

    seed: int
    events: int
    jobs: int
    tasks: int
    virtual_seconds: int
    outcomes: tuple[str, ...]
    violations: tuple[str, ...]
    trace: tuple[tuple[int, str, str, str], ...]

    @property
    def digest(self) -> str:
        """The same for the same history."""
        return sha256(repr(self.trace).encode()).hexdigest()

    def without_trace(self) -> "Report":
        """The same without its history, to be carried between processes."""
        return replace(self, trace=())


def simulate(seed: int, chaos: Chaos | None = None) -> Report:
    """Run one seed to its end or its first violation."""
    world = World(seed, chaos, START_MS if seed % 4 else LAST_HOUR_MS + seed * 60_000 % 3_600_000)
    rng = world.rng
    slots = rng.randint(1, 3)
    accounts = ("main", "other")[: rng.choice((1, 1, 2))]
    deployment = Deployment(
        world, Size(slots, rng.choice((slots, slots, max(1, slots - 1))), rng.randint(1, 3), accounts)
    )
    invariants = Invariants(deployment)
    clients = Clients(deployment, rng.randint(2, 7), HOSTILE_MS // 2)
    operators = Operators(deployment, HOSTILE_MS // 2)
    world.after_event = invariants.always
    try:
        world.run(world.began_ms + HOSTILE_MS, lambda: bool(invariants.violations))
        operators.go_home()
        _rest(world, deployment, clients, invariants)
    finally:
        world.close()
    return _report(world, deployment, invariants)


def _rest(world: World, deployment: Deployment, clients: Clients, invariants: Invariants) -> None:
    def broken() -> bool:
        return bool(invariants.violations)

    def resting() -> bool:
        return broken() or at_rest(deployment, clients)

    world.peace()
    world.run(world.now_ms + SETTLE_MS, resting)
    if not broken():
        check(deployment, clients, invariants)
    if not broken():
        before = state(deployment)
        replay(deployment)
        world.run(world.now_ms + 3_600_000, broken)
        invariants.hold(state(deployment) == before, "I10 saying everything again changed something")


def state(deployment: Deployment) -> str:
    """Jobs, money, slots, files and tasks. What lanes expect and have learnt may go on changing."""
    rows = deployment.rows
    parts = (rows.jobs, rows.budgets, rows.holds, rows.entries, deployment.copier.objects)
    slots = {name: row.slots for name, row in rows.lanes.items() if row.slots}
    return repr(([sorted(part.items()) for part in (*parts, slots)], len(deployment.kling.tasks)))


def _report(world: World, deployment: Deployment, invariants: Invariants) -> Report:
    jobs = deployment.rows.jobs.values()
    return Report(
        seed=world.seed,
        events=world.events,
        jobs=len(jobs),
        tasks=len(deployment.kling.tasks),
        virtual_seconds=(world.now_ms - world.began_ms) // 1000,
        outcomes=tuple(job.error.code if job.error else str(job.status) for job in jobs),
        violations=tuple(invariants.violations),
        trace=tuple(world.trace),
    )
