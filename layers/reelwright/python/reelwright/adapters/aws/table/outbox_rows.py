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
    """The event that a row holds. Raises ValueError for a row that holds none that can be told."""
    try:
        row = decode(item)
        event = Event(row["id"], EventType(row["type"]), row["tenant"], int(row["at_ms"]), dict(row["data"]))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(type(error).__name__) from error
    if not all(isinstance(text, str) for text in (event.id, event.tenant, *event.data, *event.data.values())):
        raise ValueError("no text")
    return event
