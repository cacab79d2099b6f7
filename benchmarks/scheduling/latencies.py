"""How long everything takes between two components: medians, stated in the results, drawn lognormally."""

from dataclasses import asdict, dataclass
from math import exp
from random import Random

SPREAD = 0.4
"""Sigma of the logarithm: nine of ten lie between half the median and twice of it."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """Medians in milliseconds of one step each; functions are warm."""

    table_read: int = 4
    table_write: int = 6
    table_transaction: int = 14
    index_lag: int = 20
    queue_send: int = 8
    queue_delivery: int = 40
    function_start: int = 12
    workflow_step: int = 60
    kling_create: int = 500
    kling_look_up: int = 250
    kling_callback: int = 200
    gateway: int = 15
    copy: int = 4_000

    def told(self) -> str:
        """All of them on one line."""
        return ", ".join(f"{name.replace('_', ' ')} {ms} ms" for name, ms in asdict(self).items())


class Dice:
    """Draws latencies from one seed."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)  # noqa: S311 - chance that can be repeated is the point

    def around(self, median_ms: float) -> int:
        """A latency with this median."""
        return max(1, round(median_ms * exp(self._rng.gauss(0, SPREAD))))

    def below(self, most_ms: float) -> int:
        """Anything up to this, equally likely."""
        return round(self._rng.uniform(0, most_ms))

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._rng.random() < probability

    def one_of(self, things: tuple[str, ...]) -> str:
        """One of some things."""
        return self._rng.choice(things)
