"""Addresses at which Kling may call back: each carries an unguessable capability for one attempt."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

CALLBACK_PATH: Final = "/webhooks/kling/"
_MAX_CHARS: Final = 256


@dataclass(frozen=True, slots=True)
class CallbackCapabilities:
    """Makes and knows callback addresses. Nothing is stored: the capability is an HMAC over the external id.

    `key` gives the secret when it is needed; an empty `base_url` means that there is no public address.
    """

    base_url: str
    key: Callable[[], str]

    def address(self, external_id: str) -> str:
        """The address for one attempt, "" where there is no public one."""
        if not self.base_url:
            return ""
        return f"{self.base_url.rstrip('/')}{CALLBACK_PATH}{external_id}.{self._seal(external_id)}"

    def verify(self, capability: str) -> str | None:
        """The external id that the last path segment was made for, None when it was not made by us."""
        if len(capability) > _MAX_CHARS or not capability.isascii():
            return None
        external_id, _, seal = capability.rpartition(".")
        genuine = hmac.compare_digest(seal.encode(), self._seal(external_id).encode())
        return external_id if genuine and external_id else None

    def _seal(self, external_id: str) -> str:
        key = self.key().encode()
        if len(key) < 16:  # noqa: PLR2004 - shorter than any key that is generated
            raise ValueError("the capability key is missing or too short")
        digest = hmac.new(key, external_id.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()
