"""Events on their way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from reelwright.domain.event import Event


@dataclass(frozen=True, slots=True)
class NoEvent:
    """A row of the outbox that holds no event, by its key; `at_ms` is since when, 0 if its key does not tell."""

    key: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """What one look at a part of the outbox found, oldest first: events, and the rows that were passed over."""

    events: tuple[Event, ...] = ()
    unreadable: tuple[NoEvent, ...] = ()


class Outbox(Protocol):
    """Events that were committed together with what they tell, until they are published."""

    def overdue(self, shard: int, before_ms: int, limit: int) -> Overdue:
        """Up to `limit` events older than `before_ms` that nobody published; rows without one count for nothing."""
        ...

    def published(self, events: Iterable[Event]) -> None:
        """Forget events; those that are gone already are fine."""
        ...


class Bus(Protocol):
    """The event bus of the stage."""

    def publish(self, events: tuple[Event, ...]) -> frozenset[str]:
        """Publish; the ids of those that the bus took. Any of the others may be published again."""
        ...
