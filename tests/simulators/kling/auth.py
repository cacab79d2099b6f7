"""Verification of Kling's JWTs, written without a JWT library so that it is a second opinion."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping

from tests.simulators.kling.errors import KlingError
from tests.simulators.kling.wire import Json

JWT_PARTS = 3


def authenticate(header: str, accounts: Mapping[str, str], api_keys: Mapping[str, str], now_ms: int) -> str:
    """Return the access key that `header` proves; raises KlingError 1000 to 1004 otherwise."""
    if not header.strip():
        raise KlingError(1001)
    scheme, _, token = header.partition(" ")
    if scheme != "Bearer" or not token:
        raise KlingError(1002)
    if token in api_keys:
        return api_keys[token]
    return _verify(token, accounts, now_ms / 1000)


def _verify(token: str, accounts: Mapping[str, str], now_seconds: float) -> str:
    """Return the issuer of a valid token."""
    parts = token.split(".")
    if len(parts) != JWT_PARTS:
        raise KlingError(1002, "Authorization is not a JWT")
    head, claims = _segment(parts[0]), _segment(parts[1])
    issuer = str(claims.get("iss", ""))
    if head.get("alg") != "HS256" or issuer not in accounts:
        raise KlingError(1002, "Unknown algorithm or access key")
    signed = f"{parts[0]}.{parts[1]}".encode()
    expected = hmac.new(accounts[issuer].encode(), signed, hashlib.sha256).digest()
    if not hmac.compare_digest(expected, _decode(parts[2])):
        raise KlingError(1000, "Signature does not match")
    _check_times(claims, now_seconds)
    return issuer


def _check_times(claims: Json, now_seconds: float) -> None:
    """Refuse a token used too early (1003) or too late (1004); `exp` must be there."""
    expires, begins = claims.get("exp"), claims.get("nbf", 0)
    if not isinstance(expires, int | float) or not isinstance(begins, int | float):
        raise KlingError(1002, "Claims exp and nbf must be numbers")
    if begins > now_seconds:
        raise KlingError(1003)
    if expires <= now_seconds:
        raise KlingError(1004)


def _segment(part: str) -> Json:
    """Return one JSON segment of a token."""
    try:
        value = json.loads(_decode(part))
    except ValueError as error:
        raise KlingError(1002, "Authorization is not a JWT") from error
    if not isinstance(value, dict):
        raise KlingError(1002, "Authorization is not a JWT")
    return value


def _decode(part: str) -> bytes:
    """Return the bytes of base64url text without padding."""
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise KlingError(1002, "Authorization is not base64url") from error
