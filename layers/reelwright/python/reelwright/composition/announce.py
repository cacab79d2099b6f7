"""Announce's composition root."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from reelwright.adapters.aws.bus import EventBridgeBus
from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.delivery_hints import QueueDeliveryHints
from reelwright.adapters.aws.table import outbox_rows
from reelwright.adapters.aws.table.audience import TableAudience
from reelwright.adapters.aws.table.deliveries import TableDeliveries
from reelwright.adapters.aws.table.keys import DUE_SHARDS, OUTBOX_SHARDS
from reelwright.adapters.aws.table.outbox import TableOutbox, no_event
from reelwright.adapters.clock import SystemClock
from reelwright.adapters.lazy import Lazy
from reelwright.composition.environment import read
from reelwright.composition.settings import AnnounceSettings
from reelwright.domain.event import Event
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.tell.announce import Announce
from reelwright.use_cases.tell.ports import DeliveryHints
from reelwright.use_cases.tell.repair import RepairTelling


@cache
def settings() -> AnnounceSettings:
    """The function's settings."""
    return read(AnnounceSettings)


@cache
def announce() -> Announce:
    """The use case behind the outbox's stream."""
    given, table, telemetry = settings(), client("dynamodb"), PowertoolsTelemetry()
    return Announce(
        outbox=TableOutbox(table, given.table_name),
        bus=EventBridgeBus(client("events"), given.event_bus_name, telemetry),
        audience=TableAudience(table, given.table_name),
        deliveries=TableDeliveries(table, given.table_name),
        hints=_hints(),
        telemetry=telemetry,
    )


@cache
def repair_telling() -> RepairTelling:
    """The use case behind the schedule."""
    given, table = settings(), client("dynamodb")
    return RepairTelling(
        outbox=TableOutbox(table, given.table_name),
        deliveries=TableDeliveries(table, given.table_name),
        hints=_hints(),
        announce=announce(),
        clock=SystemClock(),
        telemetry=PowertoolsTelemetry(),
        outbox_shards=OUTBOX_SHARDS,
        due_shards=DUE_SHARDS,
    )


def event_of(image: Mapping[str, Any]) -> Event | None:
    """The event in a row of the outbox; None for a row that holds none, which is told by its key."""
    try:
        return outbox_rows.from_item(image)
    except ValueError:
        PowertoolsTelemetry().trouble("no event", row=no_event(image).key)
        return None


@cache
def _hints() -> DeliveryHints:
    """Most jobs' tenants have no endpoint: the queue's client is made when the first one has."""
    made: DeliveryHints = Lazy(
        lambda: QueueDeliveryHints(client("sqs"), settings().deliveries_queue_url, PowertoolsTelemetry())
    )
    return made
