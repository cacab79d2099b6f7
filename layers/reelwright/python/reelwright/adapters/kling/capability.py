"""Addresses at which Kling may call back: each carries an unguessable capability for one attempt."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

CALLBACK_PATH: Final = "/webhooks/kling/"
_MAX_CHARS: Final = 256


@dataclass(frozen=True, slots=True)
class CallbackCapabilities:
    """Makes and knows callback addresses. Nothing is stored: the capability is an HMAC over the external id.

    `key` gives the secret when it is needed; an empty `base_url` means that there is no public address. `others` are
    keys whose capabilities hold as well during a rotation: those before, and the next one, which may be in use already.
    """

    base_url: str
    key: Callable[[], str]
    others: Callable[[], Iterable[str]] = tuple

    def address(self, external_id: str) -> str:
        """The address for one attempt, "" where there is no public one."""
        if not self.base_url:
            return ""
        return f"{self.base_url.rstrip('/')}{CALLBACK_PATH}{external_id}.{_seal(self.key(), external_id)}"

    def verify(self, capability: str) -> str | None:
        """The external id that the last path segment was made for, None when it was not made by us.

        Every key is tried, whichever fits first, so that the time tells nothing.
        """
        if len(capability) > _MAX_CHARS or not capability.isascii():
            return None
        external_id, _, seal = capability.rpartition(".")
        keys = (self.key(), *self.others())
        matches = [hmac.compare_digest(seal.encode(), _seal(key, external_id).encode()) for key in keys]
        return external_id if any(matches) and external_id else None


def _seal(key: str, external_id: str) -> str:
    if len(key) < 16:  # noqa: PLR2004 - shorter than any key that is generated
        raise ValueError("the capability key is missing or too short")
    digest = hmac.new(key.encode(), external_id.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
