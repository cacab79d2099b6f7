"""Lanes, what they allow to expect, and the tenants that they serve."""

from collections.abc import Callable
from typing import Protocol

from reelwright.domain.forecast import Forecast
from reelwright.domain.lane import Lane
from reelwright.domain.pacing import Lesson
from reelwright.domain.tenant import Tenant, Usage

Unreadable = Callable[[str, Exception], None]
"""Hears of a lane's row that cannot be read: the lane's id, and what went wrong."""


class Lanes(Protocol):
    """The lanes' rows."""

    def get(self, lane_id: str) -> Lane:
        """The lane, read consistently; one that has no row yet has the default limit and no leases."""
        ...

    def all(self, unreadable: Unreadable | None = None) -> tuple[Lane, ...]:
        """Every lane that was ever used. One whose row cannot be read is left out and told to `unreadable`.

        Without `unreadable` it raises what reading that row raised.
        """
        ...

    def free(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        """Free a slot whose lease still ends at `expires_ms`; False when it changed meanwhile."""
        ...

    def forget(self, lane_id: str, tenants: tuple[str, ...]) -> bool:
        """Forget that tenants were served of whose jobs none runs; False, and none forgotten, when one runs by now."""
        ...

    def renew(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        """Lengthen a slot's lease; False when it is not leased any more."""
        ...

    def learn(self, lane_id: str, lesson: Lesson, now_ms: int) -> Lane:
        """Apply a lesson to the row, however many others do at the same time; the lane afterwards."""
        ...

    def publish(self, before: Lane, forecast: Forecast) -> bool:
        """Say what a lane allows to expect, and let its experience fade; False when a task ended meanwhile."""
        ...

    def book_wake(self, lane_id: str, at_ms: int, now_ms: int) -> bool:
        """True for the one that shall send the wake for `at_ms`; False when one is booked that comes as early."""
        ...


class Forecasts(Protocol):
    """What the lanes allow to expect."""

    def get(self, lane_id: str, tenant_id: str, now_ms: int) -> Forecast | None:
        """The lane's latest forecast (it may lag); None while there is none.

        What the tenant was admitted in the running minute counts as waiting, for the sweep has not seen it yet.
        """
        ...


class Tenants(Protocol):
    """Tenants and their ledgers."""

    def get(self, tenant_id: str) -> Tenant:
        """The tenant. Raises NotFound."""
        ...

    def usage(self, tenant: Tenant, month: str) -> Usage:
        """The ledger of a month (`yyyy-mm`, UTC)."""
        ...
