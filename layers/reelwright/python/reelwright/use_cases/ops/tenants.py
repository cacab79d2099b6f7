"""Tenants and their API keys."""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from reelwright.domain.errors import Conflict, MalformedRequest, NotFound
from reelwright.domain.money import plain
from reelwright.domain.tenant import ApiKey, Tenant
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import TenantDesk
from reelwright.use_cases.ports import Clock

NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
"""Tenants' ids stand in keys and ranks of the table, whose separators they must not hold."""

SCOPES: Final = ("videos:read", "videos:write", "webhooks:read", "webhooks:write")


def _new_text() -> str:
    return f"rw_{secrets.token_urlsafe(32)}"


@dataclass(frozen=True, slots=True)
class ManageTenants:
    """Creates tenants and changes their plans."""

    desk: TenantDesk

    def create(self, tenant: Tenant, hand: Hand) -> Change:
        """A new tenant; the same one again is no change. Raises Conflict for another plan, MalformedRequest."""
        if not NAME.fullmatch(tenant.id):
            raise MalformedRequest("A tenant's id is 1-63 of a-z, 0-9 and -, not beginning with -.")
        _check_plan(tenant)
        before = self._existing(tenant.id)
        if before is not None and before != tenant:
            raise Conflict("There is such a tenant with another plan: change it by `tenant budget` and `tenant caps`.")
        change = Change(tenant.id, "tenant", _plan(before) if before else "none", _plan(tenant))
        return hand.apply(change, lambda: self.desk.create(tenant))

    def change(self, tenant_id: str, hand: Hand, **fields: object) -> tuple[Change, ...]:
        """Set fields of the plan; those that are None stay. Raises NotFound, MalformedRequest."""
        before = self.desk.get(tenant_id)
        wished = {name: value for name, value in fields.items() if value is not None}
        after = replace(before, **wished)  # type: ignore[arg-type]
        _check_plan(after)
        return tuple(
            hand.apply(
                Change(tenant_id, name, _told(getattr(before, name)), _told(value)),
                lambda name=name, value=value: self.desk.change(tenant_id, {name: value}),  # type: ignore[misc]
            )
            for name, value in wished.items()
        )

    def _existing(self, tenant_id: str) -> Tenant | None:
        try:
            return self.desk.get(tenant_id)
        except NotFound:
            return None


@dataclass(frozen=True, slots=True)
class ManageKeys:
    """Makes, lists and revokes API keys. `new_text` makes the text of a key, which is stored nowhere."""

    desk: TenantDesk
    clock: Clock
    new_text: Callable[[], str] = _new_text

    def create(
        self, tenant_id: str, name: str, scopes: tuple[str, ...], expires_ms: int | None, hand: Hand
    ) -> tuple[ApiKey, str]:
        """The key and its text ("" on a dry run). Raises NotFound, MalformedRequest, Conflict for a name in use."""
        self.desk.get(tenant_id)
        if not scopes or not set(scopes) <= set(SCOPES):
            raise MalformedRequest(f"Scopes are {', '.join(SCOPES)}.")
        now = self.clock.now_ms()
        if any(key.name == name and key.good(now) and not key.replaced_by for key in self.desk.keys(tenant_id)):
            raise Conflict("A good key of that name exists; its text cannot be shown again. Revoke it or take another.")
        text = self.new_text()
        digest = hashlib.sha256(text.encode()).hexdigest()
        key = ApiKey(tenant_id, f"key_{digest[:12]}", scopes, expires_ms, name=name)
        hand.apply(Change(key.key_id, "key", "none", "good"), lambda: self.desk.put_api_key(digest, key))
        return key, "" if hand.dry else text

    def rotate(self, tenant_id: str, key_id: str, overlap_ms: int, hand: Hand) -> tuple[ApiKey, str]:
        """A key in place of another, which goes on working for the overlap; and its text ("" on a dry run).

        Name, scopes and end are those of the one before. Raises NotFound, and Conflict for one that is not good or was
        replaced already.
        """
        old, now = self._find(tenant_id, key_id), self.clock.now_ms()
        if not old.good(now) or old.replaced_by:
            raise Conflict("The key is revoked, expired or replaced already: make a new one by `key create`.")
        text, ends = self.new_text(), now + overlap_ms
        digest = hashlib.sha256(text.encode()).hexdigest()
        key = replace(old, key_id=f"key_{digest[:12]}")
        fading = replace(old, expires_ms=min(ends, old.expires_ms or ends))
        change = Change(key_id, "key", "good", f"replaced by {key.key_id}")
        hand.apply(change, lambda: self.desk.replace(fading, digest, key))
        return key, "" if hand.dry else text

    def revoke(self, tenant_id: str, key_id: str, hand: Hand) -> Change:
        """Revoke a key: the next request with it gets 401. Raises NotFound."""
        key = self._find(tenant_id, key_id)
        change = Change(key_id, "key", "revoked" if key.revoked else "good", "revoked")
        return hand.apply(change, lambda: self.desk.revoke(tenant_id, key_id))

    def _find(self, tenant_id: str, key_id: str) -> ApiKey:
        for key in self.desk.keys(tenant_id):
            if key.key_id == key_id:
                return key
        raise NotFound("The tenant has no such key.")


def _check_plan(tenant: Tenant) -> None:
    good = tenant.monthly_units.is_finite() and tenant.monthly_units >= 0
    if not good or min(tenant.max_concurrent, tenant.requests_per_minute) < 0 or tenant.weight < 1:
        raise MalformedRequest("Budget and caps are 0 or more, the weight is 1 or more.")


def _plan(tenant: Tenant) -> str:
    units, at_once = plain(tenant.monthly_units), tenant.max_concurrent
    return f"{units} units, {at_once} at once, {tenant.requests_per_minute}/min, weight {tenant.weight}"


def _told(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
