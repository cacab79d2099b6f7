"""Every minute: announce what nobody announced, and bring back the deliveries that are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reelwright.domain.event import Event
from reelwright.use_cases.ports import Clock, Telemetry
from reelwright.use_cases.tell.announce import Announce
from reelwright.use_cases.tell.ports import Deliveries, DeliveryHints, DeliveryKey, Outbox

OUTBOX_BATCH: Final = 50
DUE_BATCH: Final = 200
"""What one look at a shard brings: a backlog is worked off at this pace a minute and shard."""

GRACE_MS: Final = 60_000
"""How long an event is left to the stream, and a delivery that was brought back to its message."""


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
        brought = sum(self._brought_back(shard, now) for shard in range(self.due_shards))
        waiting = [event for shard in range(self.outbox_shards) for event in self._overdue(shard, now)]
        oldest_ms = max((now - event.at_ms for event in waiting), default=0)
        self.telemetry.measure("OutboxAgeSeconds", oldest_ms / 1000, "Seconds")
        late = tuple(event for event in waiting if now - event.at_ms >= GRACE_MS)
        return brought + self._announced(late)

    def _overdue(self, shard: int, now_ms: int) -> Iterable[Event]:
        """A part of the outbox; one that cannot be read keeps no other waiting."""
        try:
            return self.outbox.overdue(shard, now_ms, OUTBOX_BATCH)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this part's alone; counted and told
            self.telemetry.count("RepairFailed")
            self.telemetry.trouble("outbox not read", shard=shard, reason=type(error).__name__)
            return ()

    def _announced(self, late: tuple[Event, ...]) -> int:
        repaired = len(late) - len(self.announce.announce(late))
        if repaired:
            self.telemetry.count("Repaired", repaired, dimension=("kind", "Event"))
        return repaired

    def _brought_back(self, shard: int, now_ms: int) -> int:
        keys = self.deliveries.due(shard, now_ms, DUE_BATCH)
        return sum(self._hinted(key, now_ms) for key in keys)

    def _hinted(self, key: DeliveryKey, now_ms: int) -> int:
        """Out of the way first: what cannot be delivered must not fill every look."""
        try:
            self.deliveries.defer(key, now_ms + GRACE_MS)
            self.hints.send(key, key.endpoint_id)
        except Exception as error:  # noqa: BLE001 - it stays due, and the next look tries again; counted and told
            self.telemetry.count("RepairFailed")
            self.telemetry.trouble("not brought back", reason=type(error).__name__)
            return 0
        return 1
