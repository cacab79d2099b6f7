"""Identifiers."""

from typing import Protocol


class TellIds(Protocol):
    """Identifiers that never repeat."""

    def endpoint(self) -> str:
        """A new endpoint's id: `whe_` and 26 lower-case characters that sort by time of creation."""
        ...

    def event(self) -> str:
        """A new id for an event that follows from no job: `evt_` and 26 such characters."""
        ...

    def owner(self) -> str:
        """A new lease owner."""
        ...
