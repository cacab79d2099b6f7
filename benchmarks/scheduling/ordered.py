"""Sorted places of jobs, as a sparse index keeps them."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from typing import Any


class Ordered:
    """At most one place for each id; ids come back in the order of their places."""

    def __init__(self) -> None:
        self._places: list[tuple[Any, str]] = []
        self._of: dict[str, Any] = {}

    def put(self, key: str, place: Any) -> None:
        """Move an id to a place; None takes it out."""
        old = self._of.pop(key, None)
        if old is not None:
            del self._places[bisect_left(self._places, (old, key))]
        if place is not None:
            self._of[key] = place
            insort(self._places, (place, key))

    def after(self, place: Any, most: int) -> list[tuple[Any, str]]:
        """The first ones behind a place."""
        at = bisect_right(self._places, (place, "\uffff"))
        return self._places[at : at + most]

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        return iter(self._places)
