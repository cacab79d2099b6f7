"""Small phrases for telling what a model can do."""

from collections.abc import Iterable


def either(options: Iterable[object]) -> str:
    """List the options as a person would list them: `5 or 10`, `std, pro or 4k`."""
    *head, last = [str(option) for option in options]
    return f"{', '.join(head)} or {last}" if head else last


def seconds(durations: tuple[int, ...]) -> str:
    """Phrase durations for a sentence: `5 or 10 s`, or `3 to 15 s` where every second between is on offer."""
    first, last = durations[0], durations[-1]
    unbroken = len(durations) > 1 and durations == tuple(range(first, last + 1))
    return f"{first} to {last} s" if unbroken else f"{either(durations)} s"
