"""Tenants' webhook endpoints in an operator's hand: the tenants' own use case, with changes that are named first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from reelwright.domain.delivery import Delivery
from reelwright.domain.endpoint import EndpointStatus
from reelwright.domain.errors import Conflict
from reelwright.domain.event import EventType
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ports import Clock
from reelwright.use_cases.tell.deliveries import ManageDeliveries
from reelwright.use_cases.tell.endpoints import ManageEndpoints

PAGE: Final = 200
LOOKED_AT: Final = 1000
"""Among so many of the latest deliveries a test on its way is looked for; one before them does not matter."""

LOST: Final = frozenset({"failed", "abandoned"})


class Uncounted:
    """What an operator sends is no request of the tenant's: implements `tell.ports.Requests`."""

    def count(self, tenant: str, now_ms: int) -> None:
        """See `ports.Requests.count`."""


@dataclass(frozen=True, slots=True)
class MendWebhooks:
    """Each may be repeated: what is under way already is not begun again."""

    endpoints: ManageEndpoints
    deliveries: ManageDeliveries
    clock: Clock

    def rotate(self, tenant: str, endpoint_id: str, overlap_hours: int, hand: Hand) -> tuple[Change, str]:
        """A new secret, which signs at once beside the one before; and its text ("" on a dry run).

        Without an overlap those before it end at once, whatever is under way. Raises NotFound, and Conflict for an
        overlap within another.
        """
        endpoint, now = self.endpoints.get(tenant, endpoint_id), self.clock.now_ms()
        live = endpoint.live_secrets(now)
        if len(live) > 1 and overlap_hours:
            raise Conflict("A rotation is under way: wait until the older secret expires, or end it by `--hours 0`.")
        numbers = ", ".join(str(one.number) for one in live)
        after = "the next one signs, too" if overlap_hours else "the next one alone signs"
        change = Change(endpoint_id, "secret", f"number {numbers} signs", after)
        texts: list[str] = []
        hand.apply(change, lambda: texts.append(self.endpoints.rotate(tenant, endpoint_id, overlap_hours)[1]))
        return change, "".join(texts)

    def switch(self, tenant: str, endpoint_id: str, status: EndpointStatus, hand: Hand) -> Change:
        """Enable or disable; enabling forgets past failures. Raises NotFound."""
        before = self.endpoints.get(tenant, endpoint_id).status
        change = Change(endpoint_id, "endpoint", before, status)
        return hand.apply(change, lambda: self.endpoints.update(tenant, endpoint_id, status=status))

    def test(self, tenant: str, endpoint_id: str, hand: Hand) -> Change:
        """Send a `webhook.test` unless one is on its way. Raises NotFound, Conflict when it is disabled."""
        self._enabled(tenant, endpoint_id)
        latest = islice(self.entries(tenant, endpoint_id), LOOKED_AT)
        pending = any(one.type is EventType.TEST and one.status == "pending" for one in latest)
        change = Change(endpoint_id, "test", "pending" if pending else "none", "pending")
        return hand.apply(change, lambda: self.deliveries.test(tenant, endpoint_id))

    def replay(self, tenant: str, endpoint_id: str, wanted: tuple[str, ...], hand: Hand) -> tuple[Change, ...]:
        """Send deliveries again under the same message id; without ids every event of thirty days that was lost.

        An event that is on its way is left alone, and without ids one that arrived by now. Raises NotFound, Conflict.
        """
        self._enabled(tenant, endpoint_id)
        lost, good, pending = dict[str, str](), set[str](), set[str]()
        for one in self.entries(tenant, endpoint_id):
            if one.status in LOST:
                lost[one.event_id] = one.id
            else:
                good.add(one.event_id)
            if one.status == "pending":
                pending.add(one.event_id)
        again = wanted or sorted(name for event, name in lost.items() if event not in good)
        return tuple(self._again(tenant, endpoint_id, one, pending, hand) for one in again)

    def log(self, tenant: str, endpoint_id: str, limit: int | None = None) -> tuple[Delivery, ...]:
        """The latest deliveries, newest first; all that are kept without a limit. Raises NotFound."""
        return tuple(islice(self.entries(tenant, endpoint_id), limit))

    def entries(self, tenant: str, endpoint_id: str) -> Iterator[Delivery]:
        """Every delivery that is kept, newest first, read page by page. Raises NotFound."""
        before: str | None = None
        while True:
            page = self.deliveries.deliveries(tenant, endpoint_id, PAGE, before)
            yield from page.deliveries
            if (before := page.next_id) is None:
                return

    def _again(self, tenant: str, endpoint_id: str, delivery_id: str, pending: set[str], hand: Hand) -> Change:
        before = self.deliveries.delivery(tenant, endpoint_id, delivery_id)
        state = "pending" if before.event_id in pending else before.status
        change = Change(before.event_id, "delivery", state, "pending")
        return hand.apply(change, lambda: self.deliveries.replay(tenant, endpoint_id, delivery_id))

    def _enabled(self, tenant: str, endpoint_id: str) -> None:
        """Said on a dry run as well."""
        if not self.endpoints.get(tenant, endpoint_id).enabled:
            raise Conflict("The endpoint is disabled: enable it first.")
