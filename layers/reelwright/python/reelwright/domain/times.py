"""Times as the ledger and the API write them."""

from datetime import UTC, datetime


def month(now_ms: int) -> str:
    """The budget month of an instant: `yyyy-mm` in UTC."""
    return datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y-%m")


def iso(at_ms: int) -> str:
    """An instant as RFC 3339 in UTC with milliseconds."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def month_bounds(month_text: str) -> tuple[int, int]:
    """The first instant of a month (`yyyy-mm`, UTC) and of the next one, epoch milliseconds. Raises ValueError."""
    first = datetime.strptime(month_text, "%Y-%m").replace(tzinfo=UTC)
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return int(first.timestamp() * 1000), int(after.timestamp() * 1000)


def neighbours(month_text: str) -> tuple[str, str]:
    """The months before and after a month."""
    first, after = month_bounds(month_text)
    return month(first - 1), month(after)
