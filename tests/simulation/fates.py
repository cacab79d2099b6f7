"""What becomes of a task, decided at its birth."""

from dataclasses import dataclass, replace
from decimal import Decimal

from tests.simulation.world import World

FAILURES = ("Failure to pass the risk control system", "Image pixel is invalid", "internal error", "")
FACTORS = (Decimal(1), Decimal(1), Decimal(1), Decimal("0.5"), Decimal(2))
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Fate:
    """How long a task takes, why it fails, what it costs, and what is wrong with its result.

    `silent` successes never tell what they cost; `fined` failures cost it all the same, and say so; `spoiled` ones have
    a result that nobody can copy; `relapsing` ones go back to processing for a while after their end was told.
    """

    render_ms: int
    failure: str
    units: Decimal
    silent: bool
    spoiled: bool
    relapsing: bool
    fined: bool


def fate_of(world: World, estimate: Decimal) -> Fate:
    """Draw one."""
    chaos, rng = world.chaos, world.rng
    silent = world.chance(chaos.lies * 0.5)
    fate = Fate(
        render_ms=_render_ms(world),
        failure=(rng.choice(FAILURES) or "failed") if world.chance(chaos.failing) else "",
        units=estimate if silent else estimate * rng.choice(FACTORS),
        silent=silent,
        spoiled=world.chance(chaos.bad_copy * 0.2),
        relapsing=world.chance(chaos.lies),
        fined=False,
    )
    return replace(fate, fined=bool(fate.failure) and (silent or world.chance(chaos.fined)))


def _render_ms(world: World) -> int:
    if world.chance(world.chaos.stuck):
        return world.rng.randint(HOUR_MS, 5 * HOUR_MS)
    return world.rng.choice((2_000, 20_000, 120_000, 900_000)) + world.rng.randint(0, 60_000)
