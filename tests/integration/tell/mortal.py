"""A world of telling whose processes may die before and after every outside effect."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reelwright.domain.event import Event
from tests.support.pipeline import Pipeline
from tests.support.telling import HOUR, Telling

Point = tuple[int, str]
"""The number of an outside effect, and whether the process dies before it or after."""
DAY = 24 * HOUR
GOOD, FLAKY, PICKY, IDLE = (f"https://hooks.example/{name}" for name in ("good", "flaky", "picky", "idle"))


class Killed(BaseException):
    """The process is gone; nothing of it may run on."""


@dataclass
class Killer:
    """Counts outside effects, and dies at the given points."""

    points: frozenset[Point] = frozenset()
    effects: list[str] = field(default_factory=list)

    def perform(self, name: str, act: Callable[[], Any]) -> Any:
        """Let an effect happen, unless it is the last moment."""
        number = len(self.effects)
        self.effects.append(name)
        if (number, "before") in self.points:
            raise Killed
        answer = act()
        if (number, "after") in self.points:
            raise Killed
        return answer


class World:
    """Three jobs of one tenant, two that end, and four endpoints, one of them disabled; no process is reliable."""

    def __init__(self, client: Any, points: frozenset[Point], *, stream: bool) -> None:
        for item in client.scan(TableName="reelwright")["Items"]:
            client.delete_item(TableName="reelwright", Key={name: item[name] for name in ("pk", "sk")})
        self.telling = Telling(client, "reelwright")
        self.pipeline = Pipeline(self.telling.table, "reelwright", clock=self.telling.clock)
        self.pipeline.tenant()
        for url, events in ((GOOD, ()), (FLAKY, ()), (PICKY, ("video.succeeded",))):
            self.telling.managing.create("acme", url, events)  # type: ignore[arg-type]
        self.idle = self.telling.managing.create("acme", IDLE)[0].id
        self.telling.managing.update("acme", self.idle, status="disabled")
        self.telling.receiver.answers = {FLAKY: [503, 204]}
        self.jobs = [self.pipeline.submit().job_id for _ in range(3)]
        self.killer, self.stream = Killer(points), stream
        self.telling.seam.perform = self.killer.perform

    def run(self) -> None:
        """The jobs' ends, the stream or none, the messages, and days of repairs."""
        for job in self.jobs[:2]:
            self.alive(lambda job=job: self.pipeline.canceling.cancel("acme", job))  # type: ignore[misc]
        if self.stream:
            self.streamed(self.telling.in_outbox())
        for _ in range(4):
            self._worked()
            self.telling.clock.advance(200)
            self.alive(self.telling.repairing.repair)
        self.telling.clock.advance(DAY)
        self.alive(self.telling.repairing.repair)
        self._worked()

    def alive(self, act: Callable[[], Any]) -> bool:
        """Run a process; False when it died."""
        try:
            act()
        except Killed:
            return False
        return True

    def streamed(self, events: tuple[Event, ...]) -> None:
        """The stream brings a batch again when its function died."""
        while events and not self.alive(lambda: self.telling.announcing.announce(events)):
            pass

    def _worked(self) -> None:
        """Messages; one whose function died comes again, which is as if it were sent twice."""
        while (key := self.telling.messages.take()) is not None:
            for _ in range(2):
                if self.alive(lambda key=key: self.telling.delivering.deliver(key)):  # type: ignore[misc]
                    break

    def wrong(self) -> list[str]:
        """What did not happen, or should not have."""
        over = [job for job in self.jobs if self.pipeline.job(job).status.terminal]
        expected = {f"evt_{job.removeprefix('job_')}_canceled" for job in over}
        told = self.telling
        found = {"the bus": set(told.events.ids()), **{url: set(told.receiver.ids(url)) for url in (GOOD, FLAKY)}}
        faults = [f"{who} knows of {ids}, not of {expected}" for who, ids in found.items() if ids != expected]
        bodies = Counter((h["webhook-id"], body) for _, h, body in told.receiver.posts)
        faults += [f"{one} has two bodies" for one in expected if len([1 for name, _ in bodies if name == one]) > 1]
        faults += [f"left in the outbox: {event.id}" for event in told.in_outbox()]
        faults += ["a filter was not heeded"] * bool(told.receiver.ids(PICKY))
        faults += ["a disabled endpoint was called"] * bool(told.receiver.ids(IDLE))
        return faults + self._badly_logged(expected)

    def _badly_logged(self, expected: set[str]) -> list[str]:
        """Each log: delivered, or kept to be sent again where the endpoint is disabled."""
        rows = self.telling.rows("ENDPOINT#")
        missed = {row["event_id"]["S"] for row in rows if row["endpoint_id"]["S"] == self.idle}
        faults = [f"to be sent again are {missed}, not {expected}"] * (missed != expected)
        for row in rows:
            wanted = "abandoned" if row["endpoint_id"]["S"] == self.idle else "delivered"
            faults += [f"not {wanted}: {row['id']['S']}"] * (row["status"]["S"] != wanted)
        return faults


def ended(world: World) -> tuple[Event, ...]:
    world.telling.seam.perform = Killer().perform
    for job in world.jobs[:2]:
        world.pipeline.canceling.cancel("acme", job)
    world.telling.seam.perform = world.killer.perform
    return world.telling.in_outbox()
