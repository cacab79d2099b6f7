"""A new master for the secrets of tenants' endpoints, while everything is signed and verified as before.

Each secret knows the master that it is derived from. A new master voids none: an endpoint goes over to it when its own
secret is rotated, in its tenant's time, and the old master is forgotten when no secret is left that needs it.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.errors import Conflict
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import SecretDesk, TenantDesk
from reelwright.use_cases.ops.rotation.fields import KNOWN_AFTER_MS, number
from reelwright.use_cases.ports import Clock
from reelwright.use_cases.tell import masters
from reelwright.use_cases.tell.ports import Endpoints

SINCE: Final = "newest_master_ms"
NAMED: Final = 5
"""So many endpoints are named to an operator who retires too early."""


@dataclass(frozen=True, slots=True)
class RotateMasters:
    """The masters in one secret; `tenants` and `endpoints` tell which of them are still needed."""

    desk: SecretDesk
    tenants: TenantDesk
    endpoints: Endpoints
    clock: Clock

    def rotate(self, hand: Hand) -> Change:
        """Derive new secrets from a new master. Raises Conflict while an older one than the newest is kept."""
        fields = self.desk.read()
        *older, newest = masters.kept(fields)
        if older:
            raise Conflict("An older master is still kept: finish that rotation by `secrets retire endpoints`.")
        after = newest + 1
        fresh = {masters.field(after): secrets.token_urlsafe(48), masters.NEWEST: str(after)}
        change = Change("endpoints", "newest master", str(newest), str(after))
        return hand.apply(change, lambda: self.desk.write(fields | fresh | {SINCE: self.clock.now_ms()}))

    def retire(self, hand: Hand) -> Change:
        """Forget the masters before the newest. Raises Conflict while a secret of theirs signs, or one may be made."""
        fields, now = self.desk.read(), self.clock.now_ms()
        *older, newest = masters.kept(fields)
        wait = number(fields.get(SINCE)) + KNOWN_AFTER_MS - now
        if older and wait > 0:
            raise Conflict(f"Not every function knows the newest master yet: run again in {-(-wait // 1000)} s.")
        if older and (needing := [one.id for one in self._needing(newest, now)]):
            names = ", ".join(needing[:NAMED])
            raise Conflict(f"Secrets of {len(needing)} endpoints still follow from an older master: rotate {names} …")
        left = {name: value for name, value in fields.items() if name not in set(map(masters.field, older))}
        change = Change("endpoints", "masters kept", str(len(older) + 1), "1")
        return hand.apply(change, lambda: self.desk.write(left))

    def _needing(self, newest: int, now_ms: int) -> Iterator[WebhookEndpoint]:
        """Endpoints that sign, or would once they are enabled, by a secret of an older master."""
        for tenant in self.tenants.all():
            for endpoint in self.endpoints.of_tenant(tenant.id):
                if any(one.master != newest for one in endpoint.live_secrets(now_ms)):
                    yield endpoint
