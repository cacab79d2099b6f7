"""How long rendering takes: seeded, so that a run can be repeated."""

import random
from dataclasses import dataclass

from tests.simulators.kling.order import Order

USUAL_CLIP_SECONDS = 5


@dataclass(frozen=True)
class Pace:
    """Rendering times in milliseconds; `scale` divides them all."""

    seed: int
    scale: float

    def plan(self, order: Order, key: str) -> tuple[int, int]:
        """Return after how many ms the task begins to be processed and after how many it ends.

        Around the model's typical time, longer for longer clips, from 0.6 to 2.2 times as long by chance.
        """
        chance = random.Random(f"{self.seed}/{key}")  # noqa: S311 - a repeatable simulation, not a secret
        typical = order.model.typical_seconds * (0.5 + 0.5 * order.seconds / USUAL_CLIP_SECONDS)
        whole_ms = 1000 * typical * chance.triangular(0.6, 2.2, 1.0) / self.scale
        return round(whole_ms * chance.uniform(0.02, 0.15)), round(whole_ms)

    def fails(self, key: str, rate: float) -> bool:
        """Say whether chance makes this task fail."""
        return random.Random(f"{self.seed}/{key}/end").random() < rate  # noqa: S311 - as above
