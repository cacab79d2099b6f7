"""How hostile a seed's world is: drawn once from the seed, so that seeds differ in kind and not only in detail."""

from dataclasses import dataclass, field
from random import Random

STEADY = ("submit", "dispatch", "webhook", "poll", "finalize", "sweep")
"""Functions with a clock."""

LENIENT = "lenient"
"""Kling takes the same external id twice; in return tasks show up within the quiet period and clocks agree."""
STRICT = "strict"
"""Kling refuses a taken external id, as documented; in return tasks show up as late as they like and clocks differ."""


@dataclass(slots=True)
class Chaos:
    """Probabilities for one call through a seam, one message, one callback, one submission."""

    kling: str = STRICT
    crash: float = 0.0
    transient: float = 0.0
    repeated: float = 0.0
    slow: float = 0.0
    frozen: float = 0.0
    lost_hint: float = 0.0
    doubled_hint: float = 0.0
    lost_callback: float = 0.0
    doubled_callback: float = 0.0
    forged_callback: float = 0.0
    refused: float = 0.0
    trouble: float = 0.0
    late: float = 0.0
    lies: float = 0.0
    failing: float = 0.0
    fined: float = 0.0
    stuck: float = 0.0
    bad_copy: float = 0.0
    skipped_sweep: float = 0.0
    lag_ms: int = 0
    operators: bool = False
    skew_ms: dict[str, int] = field(default_factory=dict)


def draw(rng: Random) -> Chaos:
    """One world. Most faults are rare in most worlds, and now and then something is always broken."""
    chaos = Chaos(kling=rng.choice((LENIENT, STRICT)), operators=True)
    for name in ("crash", "transient", "repeated"):
        setattr(chaos, name, rng.choice((0.0, 0.005, 0.02, 0.06)))
    chaos.late = rng.choice((0.1, 0.6))
    chaos.trouble = rng.choice((0.0, 0.1, 0.4, 0.7))
    for name in ("slow", "frozen", "lies", "bad_copy", "refused", "failing", "stuck", "skipped_sweep"):
        setattr(chaos, name, rng.choice((0.0, 0.02, 0.1, 0.3)))
    for name in ("lost_hint", "doubled_hint", "lost_callback", "doubled_callback", "forged_callback"):
        setattr(chaos, name, rng.choice((0.0, 0.1, 0.5, 1.0)))
    chaos.lag_ms = rng.choice((0, 0, 500, 20_000))
    if chaos.kling == STRICT and rng.random() < 0.5:
        chaos.skew_ms = {name: rng.randint(-300_000, 300_000) for name in STEADY}
    return chaos


def calm(chaos: Chaos) -> Chaos:
    """The same world once the faults stop; clocks stay as wrong as they were."""
    return Chaos(kling=chaos.kling, skew_ms=chaos.skew_ms)
