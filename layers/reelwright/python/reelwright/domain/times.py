"""Times as the ledger and the API write them."""

from datetime import UTC, datetime


def month(now_ms: int) -> str:
    """The budget month of an instant: `yyyy-mm` in UTC."""
    return datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y-%m")


def iso(at_ms: int) -> str:
    """An instant as RFC 3339 in UTC with milliseconds."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
