"""Tenants' API keys."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from reelwright.domain.errors import Conflict, MalformedRequest, NotFound
from reelwright.domain.tenant import ApiKey
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import TenantDesk
from reelwright.use_cases.ports import Clock

SCOPES: Final = ("videos:read", "videos:write", "webhooks:read", "webhooks:write")


def _new_text() -> str:
    return f"rw_{secrets.token_urlsafe(32)}"


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
