"""Time and identifiers as the operating system gives them."""

import secrets
import time
from typing import Final

from reelwright.use_cases.ports import Clock

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: sorts as it counts, and nothing in it can be misread."""

_TIME_CHARACTERS: Final = 10
_RANDOM_BITS: Final = 80


class SystemClock:
    """Implements `ports.Clock`."""

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        return time.time_ns() // 1_000_000


class RandomIds:
    """Implements `ports.Ids` and `TellIds` in the manner of ULID: 48 bits of time, 80 bits of chance."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def job(self) -> str:
        """See `ports.Ids.job`."""
        return self._new("job")

    def endpoint(self) -> str:
        """See `TellIds.endpoint`."""
        return self._new("whe")

    def event(self) -> str:
        """See `TellIds.event`."""
        return self._new("evt")

    def owner(self) -> str:
        """See `ports.Ids.owner`."""
        return secrets.token_hex(8)

    def _new(self, kind: str) -> str:
        chance = _base32(secrets.randbits(_RANDOM_BITS), _RANDOM_BITS // 5)
        return f"{kind}_{_base32(self._clock.now_ms(), _TIME_CHARACTERS)}{chance}"


def _base32(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def job_bound(at_ms: int) -> str:
    """What sorts before the id of every job made at or after an instant, and behind all made earlier."""
    return f"job_{_base32(at_ms, _TIME_CHARACTERS)}"
