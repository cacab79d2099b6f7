"""What an operator looks at besides the books: histories, executions, dead letters, who did what."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a history: when (epoch milliseconds) and what."""

    at_ms: int
    what: str


@dataclass(frozen=True, slots=True)
class Execution:
    """An execution of the state machine, with its latest events, oldest first."""

    name: str
    status: str
    started_ms: int
    stopped_ms: int | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that could not be handled; `handle` is good for a short time and for one reader."""

    id: str
    queue: str
    sent_ms: int
    received: int
    body: str = field(repr=False)
    handle: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who did what and when. `arguments` never hold a secret."""

    id: str
    at_ms: int
    who: str
    command: str
    arguments: Mapping[str, str]
    outcome: str = "begun"
