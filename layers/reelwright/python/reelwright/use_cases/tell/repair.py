"""Every minute: announce what nobody announced, and bring back the deliveries that are due."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, TypeVar

from reelwright.domain.event import Event
from reelwright.use_cases.ports import Clock, Telemetry
from reelwright.use_cases.tell.announce import Announce, tens
from reelwright.use_cases.tell.ports import Deliveries, DeliveryHints, Due, NoEvent, Outbox, Overdue

OUTBOX_BATCH: Final = 50
DUE_BATCH: Final = 200
"""What one look at a shard brings: a backlog is worked off at this pace a minute and shard."""

GRACE_MS: Final = 60_000
"""How long an event is left to the stream, and a delivery that was brought back to its message."""

HALF_MS: Final = 20_000
"""After this long neither half of the work begins anything more: announce has 55 seconds, and goes on in a minute."""

NAMED: Final = 10
"""So many unreadable rows of a part are named in the log; all are counted."""

Part = TypeVar("Part")
Work = TypeVar("Work")


@dataclass(frozen=True, slots=True)
class RepairTelling:
    """The safety net of telling. Waits above a queue's fifteen minutes are kept by it as well."""

    outbox: Outbox
    deliveries: Deliveries
    hints: DeliveryHints
    announce: Announce
    clock: Clock
    telemetry: Telemetry
    outbox_shards: int
    due_shards: int

    def repair(self) -> int:
        """How many events were announced and deliveries brought back."""
        now = self.clock.now_ms()
        outbox = [self._asked(self.outbox.overdue, shard, now, OUTBOX_BATCH) for shard in range(self.outbox_shards)]
        due = [self._asked(self.deliveries.due, shard, now, DUE_BATCH) for shard in range(self.due_shards)]
        looked = tuple(part for part in outbox if part)
        self._aged(looked, now)
        late = (event for part in looked for event in part.events if now - event.at_ms >= GRACE_MS)
        brought = self._brought_back(one for part in due if part for one in part)
        return brought + self._announced(late)

    def _asked(self, look: Callable[[int, int, int], Part], shard: int, now_ms: int, limit: int) -> Part | None:
        """What is late in a shard; one that cannot be looked at, None, keeps no other waiting."""
        try:
            return look(shard, now_ms, limit)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this shard's alone; counted and told
            self.telemetry.count("RepairFailed")
            self.telemetry.trouble("not looked at", what=look.__name__, shard=shard, reason=type(error).__name__)
            return None

    def _named(self, rows: tuple[NoEvent, ...]) -> None:
        if rows:
            self.telemetry.count("RepairFailed", len(rows))
        for row in rows[:NAMED]:
            self.telemetry.trouble("no event", row=row.key)

    def _aged(self, looked: tuple[Overdue, ...], now_ms: int) -> None:
        """No age is told while a shard was not looked at: silence rings, and an age without the oldest would not."""
        for part in looked:
            self._named(part.unreadable)
        if len(looked) == self.outbox_shards:
            events = (event.at_ms for part in looked for event in part.events)
            others = (row.at_ms for part in looked for row in part.unreadable)
            oldest_ms = now_ms - min((*events, *others), default=now_ms)
            self.telemetry.measure("OutboxAgeSeconds", oldest_ms / 1000, "Seconds")

    def _announced(self, late: Iterable[Event]) -> int:
        parts = tens(tuple(sorted(late, key=lambda event: event.at_ms)))
        repaired = sum(len(part) - len(self.announce.announce(part)) for part in self._in_time(parts))
        if repaired:
            self.telemetry.count("Repaired", repaired, dimension=("kind", "Event"))
            self.telemetry.note("repaired", kind="Event", events=repaired)
        return repaired

    def _brought_back(self, due: Iterable[Due]) -> int:
        return sum(map(self._hinted, self._in_time(sorted(due, key=lambda one: one.due_ms))))

    def _hinted(self, due: Due) -> int:
        """Out of the way first: what cannot be delivered must not fill every look."""
        try:
            tenant = self.deliveries.defer(due, self.clock.now_ms() + GRACE_MS)
            if tenant is None:
                return 0
            self.hints.send(due.key, tenant)
        except Exception as error:  # noqa: BLE001 - it stays due, and the next look tries again; counted and told
            self.telemetry.count("RepairFailed")
            self.telemetry.trouble("not brought back", reason=type(error).__name__)
            return 0
        return 1

    def _in_time(self, work: Iterable[Work]) -> Iterator[Work]:
        ends_ms = self.clock.now_ms() + HALF_MS
        return takewhile(lambda _: self.clock.now_ms() < ends_ms, work)
