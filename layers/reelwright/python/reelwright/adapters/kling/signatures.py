"""Signatures of callbacks by Standard Webhooks (Kling API contract, callbacks)."""

import binascii
import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reelwright.use_cases.ports import Clock

TOLERANCE_SECONDS: Final = 300
_MAX_HEADER_CHARS: Final = 4096


@dataclass(frozen=True, slots=True)
class CallbackSignatures:
    """Checks signatures against the account's secrets, of which there are two during a rotation.

    An account without secrets sends unsigned callbacks, and those pass. An account with secrets signs all of
    them, so a missing signature does not pass; `optional=True` lets it, for paths that Kling should leave unsigned.
    """

    secrets: Callable[[], Iterable[str]]
    clock: Clock
    optional: bool = False

    def accept(self, headers: Mapping[str, str], body: bytes) -> bool:
        """True when the callback may be believed to come from whoever holds a secret."""
        secrets = tuple(self.secrets())
        if not secrets:
            return True
        lower = {name.lower(): value for name, value in headers.items()}
        message_id, sent, given = (lower.get(f"webhook-{part}", "") for part in ("id", "timestamp", "signature"))
        if not (message_id or sent or given):
            return self.optional
        if not self._recent(sent) or len(given) + len(message_id) > _MAX_HEADER_CHARS:
            return False
        return _matches(given, _expected(secrets, message_id, sent, body))

    def _recent(self, sent: str) -> bool:
        plausible = sent.isascii() and sent.isdigit() and len(sent) <= 12  # noqa: PLR2004 - digits of a date
        return plausible and abs(int(sent) - self.clock.now_ms() // 1000) <= TOLERANCE_SECONDS


def _expected(secrets: Iterable[str], message_id: str, sent: str, body: bytes) -> list[bytes]:
    signed = f"{message_id}.{sent}.".encode(errors="replace") + body
    return [b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in map(_key, secrets) if key]


def _key(secret: str) -> bytes:
    """The secret's bytes; one that cannot be read gives none and so matches nothing."""
    try:
        return b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _matches(given: str, expected: list[bytes]) -> bool:
    """Compare every given signature with every expected one, always all of them."""
    candidates = [part[3:].encode(errors="replace") for part in given.split() if part.startswith("v1,")]
    return sum(hmac.compare_digest(candidate, wanted) for candidate in candidates for wanted in expected) > 0
