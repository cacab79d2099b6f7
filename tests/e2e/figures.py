"""What the fuzz tried, printed at the end of a run, so that documents can quote it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any


def told(reports: list[Any]) -> Iterator[str]:
    """The lines to print, from the operation and status that each call recorded."""
    calls = [value for report in reports for name, value in report.user_properties if name == "fuzz"]
    if calls:
        operations = {operation for operation, _ in calls}
        statuses = Counter(status for _, status in calls)
        yield f"{len(calls)} calls of {len(operations)} operations"
        yield "answers: " + ", ".join(f"{status} {count}" for status, count in sorted(statuses.items()))
