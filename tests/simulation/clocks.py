"""Every function has its own idea of what time it is."""

from dataclasses import dataclass

from tests.simulation.world import World


@dataclass(slots=True)
class SkewedClock:
    """Implements `ports.Clock` for whichever function runs; a process keeps its skew."""

    world: World

    def now_ms(self) -> int:
        world = self.world
        if world.current is None or not world.chaos.skew_ms:
            return world.now_ms
        return world.now_ms + world.chaos.skew_ms.get(world.current.name.partition(".")[0], 0)
