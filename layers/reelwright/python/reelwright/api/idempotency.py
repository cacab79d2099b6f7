"""The Idempotency-Key and what it is compared with."""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from reelwright.api.strict_json import canonical
from reelwright.domain.errors import MalformedRequest

_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")


def key_hash(headers: Mapping[str, str]) -> str | None:
    """SHA-256 (hex) of the client's key, None when it sent none. Raises MalformedRequest."""
    given = next((value for name, value in headers.items() if name.lower() == "idempotency-key"), None)
    if given is None:
        return None
    if not _KEY.fullmatch(given):
        raise MalformedRequest("An Idempotency-Key has 1 to 255 visible ASCII characters.")
    return hashlib.sha256(given.encode()).hexdigest()


def fingerprint(body: Mapping[str, object]) -> str:
    """SHA-256 (hex) of the body's meaning: order, spacing and spelling of numbers do not count."""
    return hashlib.sha256(canonical(body)).hexdigest()
