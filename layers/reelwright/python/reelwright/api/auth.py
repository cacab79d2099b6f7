"""Who is calling: read from what the authorizer told API Gateway, and refused whenever that is not plain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from reelwright.domain.errors import TenantSuspended, Unauthenticated
from reelwright.observability import logger

HOW: Final = "send it as `Authorization: Bearer rw_…` or `X-Api-Key: rw_…`"


@dataclass(frozen=True, slots=True)
class Caller:
    """The tenant that a good API key belongs to."""

    tenant: str
    key_id: str


def caller(event: Mapping[str, Any], scope: str) -> Caller:
    """The caller, if its key is good for `scope` and its tenant not suspended.

    Raises Unauthenticated, in the same words whatever the key lacks, and TenantSuspended.
    """
    tenant, key_id, scopes = (_text(_context(event), name) for name in ("tenant", "key_id", "scopes"))
    if not tenant or not key_id or scope not in scopes.split():
        raise Unauthenticated(f"This needs an API key that is valid now and has the scope {scope}; {HOW}.")
    logger.append_keys(tenant=tenant, key_id=key_id)
    if _text(_context(event), "standing"):
        raise TenantSuspended("This tenant is suspended: it may look, and do nothing else. Ask the operator.")
    return Caller(tenant, key_id)


def _context(event: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = event
    for name in ("requestContext", "authorizer", "lambda"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _text(context: Mapping[str, Any], name: str) -> str:
    value = context.get(name)
    return value if isinstance(value, str) else ""
