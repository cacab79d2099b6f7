"""Kling's callbacks on their way: lost, late, doubled, reversed; and other people's."""

from collections.abc import Callable

from reelwright.domain.errors import NotFound
from reelwright.domain.task import TaskStatus
from tests.simulation.kling import Made
from tests.simulation.world import World

DELAYS_MS = (10, 500, 5_000, 60_000, 900_000)
TIMEOUT_MS = 10_000
TRIES = 3


class Courier:
    """Posts to `receive(capability, body)`, in a process of the webhook for each."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.receive: Callable[[str, bytes], bool] = lambda _capability, _body: False
        self.posted: list[tuple[str, bytes]] = []
        self.accepted_forgeries = 0

    def changed(self, made: Made) -> None:
        """A task has news: "submitted" and an end, each posted once, twice or never."""
        if not made.callback_url:
            return
        capability = made.callback_url.rpartition("/")[2]
        body = b"news" if made.status is TaskStatus.PROCESSING else b"end"
        chaos = self._world.chaos
        if not self._world.chance(chaos.lost_callback):
            for _ in range(2 if self._world.chance(chaos.doubled_callback) else 1):
                self._later(capability, body)
        if self._world.chance(chaos.forged_callback):
            self._forge(capability)

    def _later(self, capability: str, body: bytes) -> None:
        self.posted.append((capability, body))
        self._world.at(self._world.rng.choice(DELAYS_MS), lambda: self.post(capability, body, TRIES))

    def post(self, capability: str, body: bytes, tries: int = 1) -> None:
        """Post now; an error is answered by another try later, or not."""

        def done(_result: object, error: BaseException | None) -> None:
            if error is not None and not isinstance(error, NotFound) and tries > 1 and self._world.chance(0.5):
                self._world.at(30_000, lambda: self.post(capability, body, tries - 1))

        self._world.call("webhook", TIMEOUT_MS, lambda: self.receive(capability, body), done)

    def _forge(self, capability: str) -> None:
        """An end that is none at the right address, and a wrong address."""
        self._later(capability, b"end")
        external_id, _, seal = capability.partition(".")
        self._world.at(5_000, lambda: self._post_forgery(f"{external_id}.{seal[::-1]}"))

    def _post_forgery(self, capability: str) -> None:
        def done(_result: object, error: BaseException | None) -> None:
            self.accepted_forgeries += error is None

        self._world.call("webhook", TIMEOUT_MS, lambda: self.receive(capability, b"end"), done)
