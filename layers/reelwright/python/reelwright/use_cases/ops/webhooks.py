"""Tenants' webhook endpoints in an operator's hand: the tenants' own use case, with changes that are named first."""

from dataclasses import dataclass
from typing import Final

from reelwright.domain.delivery import Delivery
from reelwright.domain.endpoint import EndpointStatus
from reelwright.domain.errors import Conflict
from reelwright.domain.event import EventType
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ports import Clock
from reelwright.use_cases.tell.endpoints import ManageEndpoints

LOOKED_AT: Final = 1000
"""So many of the latest deliveries are looked at."""

LOST: Final = frozenset({"failed", "abandoned"})


@dataclass(frozen=True, slots=True)
class MendWebhooks:
    """Each may be repeated: what is under way already is not begun again."""

    endpoints: ManageEndpoints
    clock: Clock

    def rotate(self, tenant: str, endpoint_id: str, overlap_hours: int, hand: Hand) -> tuple[Change, str]:
        """A new secret, which signs at once beside the one before; and its text ("" on a dry run).

        Raises NotFound, and Conflict while a rotation is under way.
        """
        endpoint, now = self.endpoints.get(tenant, endpoint_id), self.clock.now_ms()
        live = endpoint.live_secrets(now)
        if len(live) > 1:
            raise Conflict("A rotation is under way: two secrets sign already. Wait until the older one expires.")
        change = Change(endpoint_id, "secret", f"number {live[0].number} signs", "the next one signs, too")
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
        tests = (one for one in self.log(tenant, endpoint_id) if one.type is EventType.TEST)
        pending = any(one.status == "pending" for one in tests)
        change = Change(endpoint_id, "test", "pending" if pending else "none", "pending")
        return hand.apply(change, lambda: self.endpoints.test(tenant, endpoint_id))

    def replay(self, tenant: str, endpoint_id: str, wanted: tuple[str, ...], hand: Hand) -> tuple[Change, ...]:
        """Send deliveries again under the same message id; without ids every event that was lost.

        An event that is on its way is left alone, and without ids one that arrived by now. Raises NotFound, Conflict.
        """
        self._enabled(tenant, endpoint_id)
        log = self.log(tenant, endpoint_id)
        good = {one.event_id for one in log if one.status not in LOST}
        lost = {one.event_id: one.id for one in log if one.event_id not in good}
        return tuple(self._again(tenant, endpoint_id, one, log, hand) for one in wanted or sorted(lost.values()))

    def log(self, tenant: str, endpoint_id: str) -> tuple[Delivery, ...]:
        """The latest deliveries, newest first. Raises NotFound."""
        return self.endpoints.deliveries(tenant, endpoint_id, LOOKED_AT).deliveries

    def _again(self, tenant: str, endpoint_id: str, delivery_id: str, log: tuple[Delivery, ...], hand: Hand) -> Change:
        before = self.endpoints.delivery(tenant, endpoint_id, delivery_id)
        pending = any(one.event_id == before.event_id and one.status == "pending" for one in log)
        change = Change(before.event_id, "delivery", "pending" if pending else before.status, "pending")
        return hand.apply(change, lambda: self.endpoints.replay(tenant, endpoint_id, delivery_id))

    def _enabled(self, tenant: str, endpoint_id: str) -> None:
        """Said on a dry run as well."""
        if not self.endpoints.get(tenant, endpoint_id).enabled:
            raise Conflict("The endpoint is disabled: enable it first.")
