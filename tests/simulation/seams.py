"""Every call of a port is a place where a process may be slow, cut off or killed."""

from collections.abc import Callable
from typing import Any

from tests.simulation.baton import Crash
from tests.simulation.passages import Passage
from tests.simulation.world import World


class StoreUnavailable(Exception):
    """AWS did not answer, or its answer was lost; what botocore raises when its retries are spent."""


class Seam:
    """A port whose calls pass through the world's faults.

    `repeats` names writes that botocore sends again when an answer is lost: the repetition finds its own condition
    gone. Without `breaks` nothing but the process fails here, for the port has errors of its own.
    """

    def __init__(
        self, world: World, name: str, port: Any, *, repeats: tuple[str, ...] = (), breaks: bool = True
    ) -> None:
        self._world = world
        self._name = name
        self._port = port
        self._repeats = repeats
        self._breaks = breaks

    def __getattr__(self, method: str) -> Callable[..., Any]:
        inner, site = getattr(self._port, method), f"{self._name}.{method}"
        steps = (self._before, self._repeating(inner) if method in self._repeats else inner, self._after)
        call: Callable[..., Any] = _noted(self._world, site, steps)
        setattr(self, method, call)
        return call

    def _before(self, passage: Passage) -> None:
        self._world.pause(_delay(self._world))
        self._fault(passage, "before")

    def _after(self, passage: Passage) -> None:
        self._fault(passage, "after")

    def _fault(self, passage: Passage, when: str) -> None:
        world, site = self._world, passage.site
        if world.passages.fatal(passage, when) or world.chance(world.chaos.crash):
            world.note(site, f"killed {when}")
            raise Crash
        if self._breaks and world.chance(world.chaos.transient):
            world.note(site, f"unavailable {when}")
            raise StoreUnavailable(site)

    def _repeating(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        def twice(*args: Any, **more: Any) -> Any:
            result = inner(*args, **more)
            return inner(*args, **more) if self._world.chance(self._world.chaos.repeated) else result

        return twice


def _noted(world: World, site: str, steps: tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]) -> Any:
    before, inner, after = steps

    def through(*args: Any, **more: Any) -> Any:
        passage = world.passages.next(world.current.name if world.current else "-", site)
        before(passage)
        try:
            result = inner(*args, **more)
        except Exception as error:
            world.note(site, type(error).__name__)
            if world.passages.fatal(passage, "after"):
                raise Crash from error
            raise
        world.note(site)
        after(passage)
        return result

    return through


def _delay(world: World) -> int:
    """Mostly some milliseconds, sometimes seconds, rarely long enough for a lease to lapse."""
    roll = world.rng.random()
    if roll < world.chaos.frozen * 0.1:
        return world.rng.randint(30_000, 200_000)
    if roll < world.chaos.slow:
        return world.rng.randint(500, 20_000)
    return world.rng.randint(1, 20) if roll > 0.5 else 0
