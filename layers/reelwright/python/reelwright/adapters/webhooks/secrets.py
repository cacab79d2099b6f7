"""Signing secrets of endpoints, derived from one master: implements `ports.EndpointSecrets`."""

import hmac
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from reelwright.use_cases.tell.signing import PREFIX


class DerivedSecrets:
    """`whsec_` and 32 bytes in base64. Whoever reads the table learns none of them, and a rotation stores none."""

    def __init__(self, master: Callable[[], str]) -> None:
        self._master = master

    def secret(self, endpoint_id: str, number: int) -> str:
        """See `ports.EndpointSecrets.secret`."""
        key = hmac.digest(self._master().encode(), f"{endpoint_id}.{number}".encode(), sha256)
        return PREFIX + b64encode(key).decode()
