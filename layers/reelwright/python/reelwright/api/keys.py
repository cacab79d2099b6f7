"""API keys: from a request's headers to what the key may do.

Keys are looked up by their SHA-256, so neither the table nor a log ever holds one, and there is no secret to
compare byte by byte.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Final, Protocol

_KEY: Final = re.compile(r"rw_[A-Za-z0-9_-]{16,128}")
NOBODY: Final = {"tenant": "", "key_id": "", "scopes": ""}


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


class Grants(Protocol):
    """Where API keys are looked up."""

    def api_key(self, key_hash: str) -> Grant | None:
        """What the key with this SHA-256 (hex) stands for."""
        ...


def identify(headers: Mapping[str, str], grants: Grants, now_ms: int) -> dict[str, str]:
    """The context for API Gateway; all empty for a key that is missing, unknown, expired or revoked."""
    key = _sent({name.lower(): value for name, value in headers.items()})
    if not _KEY.fullmatch(key):
        return NOBODY
    grant = grants.api_key(hashlib.sha256(key.encode()).hexdigest())
    if grant is None or not grant.good(now_ms):
        return NOBODY
    return {"tenant": grant.tenant, "key_id": grant.key_id, "scopes": " ".join(grant.scopes)}


def _sent(headers: Mapping[str, str]) -> str:
    """`Authorization: Bearer` before `X-Api-Key`."""
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "").strip()
