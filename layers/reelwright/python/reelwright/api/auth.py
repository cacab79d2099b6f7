"""Who is calling: read from what the authorizer told API Gateway, and refused whenever that is not plain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reelwright.domain.errors import MissingScope, Unauthenticated
from reelwright.observability import logger


@dataclass(frozen=True, slots=True)
class Caller:
    """The tenant that a good API key belongs to."""

    tenant: str
    key_id: str


def caller(event: Mapping[str, Any], scope: str) -> Caller:
    """The caller, if its key is good for `scope` and its tenant not suspended. Raises Unauthenticated, MissingScope."""
    tenant, key_id, scopes = (_text(_context(event), name) for name in ("tenant", "key_id", "scopes"))
    if not tenant or not key_id:
        raise Unauthenticated("Send a valid API key as `Authorization: Bearer rw_…` or `X-Api-Key: rw_…`.")
    logger.append_keys(tenant=tenant, key_id=key_id)
    if scope not in scopes.split():
        raise MissingScope(f"This API key lacks the scope {scope}.")
    if _text(_context(event), "standing"):
        raise MissingScope("This tenant is suspended: it may look, and do nothing else. Ask the operator.")
    return Caller(tenant, key_id)


def _context(event: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = event
    for name in ("requestContext", "authorizer", "lambda"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _text(context: Mapping[str, Any], name: str) -> str:
    value = context.get(name)
    return value if isinstance(value, str) else ""
