"""How long a receiver asks us to wait: `Retry-After` of RFC 9110, seconds or a date."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from math import ceil
from typing import Final

LONGEST: Final = 86_400
"""Nobody holds a delivery back for longer than the schedule's own longest wait, a day."""

_DIGITS: Final = 9


def seconds(value: str, now: float) -> int:
    """Seconds to wait from `now` (s since the epoch), a day at most; 0 for none, for the past and for nonsense."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:_DIGITS]), LONGEST) if len(text) <= _DIGITS else LONGEST
    try:
        date = parsedate_to_datetime(text)
        at = (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0
    return max(0, min(ceil(at - now), LONGEST))
