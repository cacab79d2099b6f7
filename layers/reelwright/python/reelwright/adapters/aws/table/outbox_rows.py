"""An event as a row of the outbox, and back."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.domain.event import Event, EventType


def to_item(event: Event) -> Item:
    """The row of an event."""
    values = {field.name: getattr(event, field.name) for field in fields(Event)}
    return keys.outbox(event.at_ms, event.id) | encode(values)


def from_item(item: Mapping[str, Any]) -> Event:
    """The event that a row holds. Raises KeyError, ValueError for a row that holds none."""
    row = decode(item)
    return Event(row["id"], EventType(row["type"]), row["tenant"], int(row["at_ms"]), row["data"])
