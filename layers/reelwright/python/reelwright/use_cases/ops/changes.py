"""What a command changes, said before it is done."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One thing and what becomes of it. A change from a state to itself is none: commands may be repeated.

    A `nudge` only reminds somebody of what the table says already: it changes no row and may be given again.
    """

    subject: str
    what: str
    before: str
    after: str
    nudge: bool = False

    @property
    def needed(self) -> bool:
        """True when the thing is not yet as it is wished."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Hand:
    """Makes changes; a `dry` one only names them."""

    dry: bool = False

    def apply(self, change: Change, act: Callable[[], object]) -> Change:
        """Make the change by `act` when it is needed; the change, for the report."""
        if change.needed and not self.dry:
            act()
        return change
