"""The use cases of telling on a table of moto, with a world around them that remembers."""

from dataclasses import dataclass, field
from typing import Any, Final

from reelwright.adapters.aws.bus import EventBridgeBus
from reelwright.adapters.aws.delivery_hints import QueueDeliveryHints
from reelwright.adapters.aws.table import outbox_rows
from reelwright.adapters.aws.table.audience import TableAudience
from reelwright.adapters.aws.table.deliveries import TableDeliveries
from reelwright.adapters.aws.table.endpoints import TableEndpoints
from reelwright.adapters.aws.table.keys import DUE_SHARDS, OUTBOX_SHARDS
from reelwright.adapters.aws.table.outbox import TableOutbox
from reelwright.adapters.clock import RandomIds
from reelwright.adapters.webhooks.secrets import DerivedSecrets
from reelwright.domain.event import Event
from reelwright.use_cases.ops.webhooks import Uncounted
from reelwright.use_cases.tell.announce import Announce
from reelwright.use_cases.tell.deliver import Deliver
from reelwright.use_cases.tell.deliveries import ManageDeliveries
from reelwright.use_cases.tell.endpoints import ManageEndpoints
from reelwright.use_cases.tell.repair import RepairTelling
from tests.support.fake_telemetry import FakeTelemetry
from tests.support.fakes import FakeClock
from tests.support.told_world import Events, Messages, Receiver, Seam, SeamedTable

MASTER: Final = "a master key that is nobody's"
HOUR: Final = 3_600


@dataclass
class Heard(FakeTelemetry):
    """Remembers as well what was measured, and every trouble with its facts."""

    measured: dict[str, list[float]] = field(default_factory=dict)
    troubles: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        del unit, dimension
        self.measured.setdefault(metric, []).append(value)

    def trouble(self, message: str, **facts: object) -> None:
        self.troubles.append((message, facts))


class AnyAddress:
    """Refuses what is not https."""

    def refusal(self, url: str) -> str | None:
        return None if url.startswith("https://") else "only https is allowed"


class Telling:
    """Everything behind the outbox."""

    def __init__(self, client: Any, name: str, telemetry: Any = None) -> None:
        self.clock, self.seam, self.telemetry = FakeClock(), Seam(), telemetry or Heard()
        self.table, self.name, self.real = SeamedTable(client, self.seam), name, client
        self.events, self.messages = Events(self.seam), Messages(self.clock, self.seam)
        self.receiver = Receiver(self.clock, self.seam)
        self.outbox = TableOutbox(self.table, name)
        self.endpoints, self.deliveries = TableEndpoints(self.table, name), TableDeliveries(self.table, name)
        self.secrets, self.ids = DerivedSecrets(lambda _: MASTER, lambda: 1), RandomIds(self.clock)
        self._wire()

    def _wire(self) -> None:
        hints = QueueDeliveryHints(self.messages, "queue", self.telemetry)  # type: ignore[arg-type]
        bus = EventBridgeBus(self.events, "bus", self.telemetry)  # type: ignore[arg-type]
        audience = TableAudience(self.table, self.name)
        self.announcing = Announce(self.outbox, bus, audience, self.deliveries, hints, self.telemetry)
        self.repairing = RepairTelling(
            *(self.outbox, self.deliveries, hints, self.announcing, self.clock, self.telemetry),
            outbox_shards=OUTBOX_SHARDS,
            due_shards=DUE_SHARDS,
        )
        self.delivering = Deliver(
            *(self.endpoints, self.deliveries, hints, self.secrets, self.receiver, self.clock, self.ids),
            chance=lambda: 0.5,
            telemetry=self.telemetry,
            lease_seconds=90,
            disable_days=5,
        )
        self.managing = ManageEndpoints(self.endpoints, self.secrets, AnyAddress(), self.clock, self.ids)
        self.by_wish = ManageDeliveries(
            *(self.endpoints, self.deliveries, hints, self.clock, self.ids, self.telemetry, Uncounted())
        )

    def rows(self, prefix: str) -> list[dict[str, Any]]:
        """The rows whose partition begins so, in DynamoDB's own shape."""
        items = self.real.scan(TableName=self.name, ConsistentRead=True)["Items"]
        return [item for item in items if item["pk"]["S"].startswith(prefix)]

    def in_outbox(self) -> tuple[Event, ...]:
        """What a stream would bring."""
        return tuple(outbox_rows.from_item(row) for row in self.rows("OUTBOX#"))

    def work(self) -> int:
        """Deliver every message that may be seen now; how many there were."""
        done = 0
        while (key := self.messages.take()) is not None:
            self.delivering.deliver(key)
            done += 1
        return done

    def run(self, seconds: float) -> None:
        """Let time pass: every message is delivered when it is due, and the repair runs each minute that needs it."""
        end = self.clock.now_ms() + int(seconds * 1000)
        while self.clock.now_ms() < end:
            self.repairing.repair()
            self.work()
            self.clock.at_ms = min(end, max(self.clock.now_ms() + 1_000, self._next()))
        self.work()

    def _next(self) -> int:
        """When something is due: a message, or by the next minute what the repair brings back."""
        rows = (
            int(row["due_ms"]["N"]) // 60_000 * 60_000 + 60_000 for row in self.rows("ENDPOINT#") if "due_ms" in row
        )
        return min((*rows, *(at_ms for at_ms, _ in self.messages.waiting)), default=self.clock.now_ms() + HOUR * 1000)
