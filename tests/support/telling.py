"""The use cases of telling on a table of moto, with a bus, a queue and receivers that remember, and may die with us."""

import json
from collections.abc import Callable, Mapping
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
from reelwright.use_cases.tell.ports import Answer, DeliveryKey
from reelwright.use_cases.tell.repair import RepairTelling
from tests.support.fakes import FakeClock, FakeTelemetry

MASTER: Final = "a master key that is nobody's"
CHANGES: Final = frozenset({"put_item", "update_item", "delete_item", "transact_write_items"})
HOUR: Final = 3_600
GIVING_UP_HOURS: Final = 100

Perform = Callable[[str, Callable[[], Any]], Any]


def let(_name: str, act: Callable[[], Any]) -> Any:
    """Let an effect happen."""
    return act()


@dataclass
class Seam:
    """Where every outside effect passes."""

    perform: Perform = let


class SeamedTable:
    """A client of DynamoDB whose changes pass the seam."""

    def __init__(self, client: Any, seam: Seam) -> None:
        self._client = client
        self._seam = seam

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name not in CHANGES:
            return real
        return lambda **arguments: self._seam.perform(name, lambda: real(**arguments))


@dataclass
class Messages:
    """SQS: messages come when their delay is over, in any case once; `groups` are whose they were."""

    clock: FakeClock
    seam: Seam
    waiting: list[tuple[int, str]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)

    def send_message(self, **message: Any) -> None:
        at_ms = self.clock.now_ms() + message["DelaySeconds"] * 1000
        self.groups.append(message["MessageGroupId"])
        self.seam.perform("send_message", lambda: self.waiting.append((at_ms, message["MessageBody"])))

    def take(self) -> DeliveryKey | None:
        """The next message that may be seen now."""
        ready = [one for one in sorted(self.waiting) if one[0] <= self.clock.now_ms()]
        if not ready:
            return None
        self.waiting.remove(ready[0])
        body = json.loads(ready[0][1])
        return DeliveryKey(body["endpoint"], body["delivery"])


@dataclass
class Events:
    """EventBridge: remembers what was put; `refuses` names how many of the next entries it does not take."""

    seam: Seam
    published: list[dict[str, Any]] = field(default_factory=list)
    refuses: int = 0

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - AWS's own name
        return dict(self.seam.perform("put_events", lambda: self._put(Entries)))

    def _put(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        refused, self.refuses = entries[: self.refuses], max(0, self.refuses - len(entries))
        self.published += entries[len(refused) :]
        return {"Entries": [{"ErrorCode": "Throttled"} if one in refused else {"EventId": "1"} for one in entries]}

    def ids(self, detail_type: str = "Video") -> list[str]:
        """The ids of what was published, in its order."""
        return [json.loads(one["Detail"])["id"] for one in self.published if one["DetailType"].startswith(detail_type)]


@dataclass
class Receiver:
    """The world's endpoints: `answers` by address, one after the other, the last one for ever; 204 by default.

    An answer is a status, a problem, or a status with the seconds that it asks to wait. `meanwhile` happens while one
    request is under way.
    """

    clock: FakeClock
    seam: Seam
    answers: dict[str, list[int | str | tuple[int, int]]] = field(default_factory=dict)
    posts: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)

    def post(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        self.clock.advance(0.2)
        return Answer(*self.seam.perform("post", lambda: self._answer(url, dict(headers), body)))

    def _answer(self, url: str, headers: dict[str, str], body: str) -> tuple[Any, ...]:
        self.posts.append((url, headers, body))
        if self.meanwhile:
            self.meanwhile.pop()()
        script = self.answers.get(url, [204])
        told = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(told, tuple):
            return told[0], "", told[1]
        return (told,) if isinstance(told, int) else (None, told)

    def ids(self, url: str) -> list[str]:
        """The message ids that an address got, in their order."""
        return [headers["webhook-id"] for where, headers, _ in self.posts if where == url]


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
