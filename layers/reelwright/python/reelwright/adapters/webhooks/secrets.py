"""Signing secrets of endpoints, derived from masters: implements `ports.EndpointSecrets`."""

import hmac
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Protocol

from reelwright.use_cases.tell import masters
from reelwright.use_cases.tell.signing import PREFIX


class Fields(Protocol):
    """The secret in which the masters stand, as `masters.field` names them."""

    def text(self, name: str) -> str:
        """A field. Raises LookupError."""
        ...

    def holds(self, name: str) -> bool:
        """Whether there is such a field."""
        ...

    def refresh(self) -> bool:
        """Read it again now."""
        ...


class DerivedSecrets:
    """`whsec_` and 32 bytes in base64. Whoever reads the table learns none of them, and a rotation stores none."""

    def __init__(self, master: Callable[[int], str], newest: Callable[[], int]) -> None:
        self._master = master
        self._newest = newest

    def newest(self) -> int:
        """See `ports.EndpointSecrets.newest`."""
        return self._newest()

    def secret(self, endpoint_id: str, number: int, master: int = 1) -> str:
        """See `ports.EndpointSecrets.secret`."""
        key = hmac.digest(self._master(master).encode(), f"{endpoint_id}.{number}".encode(), sha256)
        return PREFIX + b64encode(key).decode()


def derived(fields: Fields) -> DerivedSecrets:
    """From the masters that a secret holds; one that was added since it was last read is found by reading again."""

    def master(generation: int) -> str:
        name = masters.field(generation)
        if not fields.holds(name):
            fields.refresh()
        return fields.text(name)

    return DerivedSecrets(master, lambda: int(fields.text(masters.NEWEST)) if fields.holds(masters.NEWEST) else 1)
