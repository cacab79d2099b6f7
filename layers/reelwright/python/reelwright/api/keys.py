"""API keys: from a request's headers to what the key may do.

Keys are looked up by their SHA-256, so neither the table nor a log ever holds one, and there is no secret to
compare byte by byte.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Final, Protocol

from reelwright.api.routes import Route
from reelwright.domain.errors import NotFound

_KEY: Final = re.compile(r"rw_[A-Za-z0-9_-]{16,128}")
NOBODY: Final = {"tenant": "", "key_id": "", "scopes": "", "standing": ""}
SUSPENDED: Final = "suspended"


class Grant(Protocol):
    """What an API key stands for."""

    @property
    def tenant(self) -> str:
        """Whose key it is."""
        ...

    @property
    def key_id(self) -> str:
        """The key's public name."""
        ...

    @property
    def scopes(self) -> tuple[str, ...]:
        """What it may do."""
        ...

    def good(self, now_ms: int) -> bool:
        """True while it is neither revoked nor expired."""
        ...


class Owner(Protocol):
    """The tenant that a key belongs to."""

    @property
    def suspended(self) -> bool:
        """True while it may look, and do nothing else."""
        ...


class Grants(Protocol):
    """Where API keys and their owners are looked up."""

    def api_key(self, key_hash: str) -> Grant | None:
        """What the key with this SHA-256 (hex) stands for."""
        ...

    def get(self, tenant_id: str) -> Owner:
        """The owner. Raises NotFound."""
        ...


def identify(headers: Mapping[str, str], grants: Grants, now_ms: int, route: Route | None) -> dict[str, str]:
    """The context for API Gateway; all empty for a key that is missing, unknown, expired, revoked or lacks the scope.

    Each of these costs exactly one look-up, so that time tells none from another. A GET is not asked for its
    standing: a suspended tenant may still see what is its own.
    """
    key = _sent({name.lower(): value for name, value in headers.items()})
    grant = grants.api_key(hashlib.sha256(key.encode(errors="replace")).hexdigest())
    if not _KEY.fullmatch(key) or grant is None or not grant.good(now_ms):
        return NOBODY
    if route is None or route.scope not in grant.scopes:
        return NOBODY
    standing = "" if route.method == "GET" else _standing(grants, grant.tenant)
    return {"tenant": grant.tenant, "key_id": grant.key_id, "scopes": " ".join(grant.scopes), "standing": standing}


def _standing(grants: Grants, tenant_id: str) -> str:
    """A tenant that is gone is as good as suspended."""
    try:
        return SUSPENDED if grants.get(tenant_id).suspended else ""
    except NotFound:
        return SUSPENDED


def _sent(headers: Mapping[str, str]) -> str:
    """`Authorization: Bearer` before `X-Api-Key`."""
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "").strip()
