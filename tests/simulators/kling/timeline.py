"""What is going to happen, in order of time and then of planning."""

import heapq
import itertools
from collections.abc import Callable

Action = Callable[[int], None]


class Timeline:
    """A queue of actions, each called with the time (epoch ms) it was planned for."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Action]] = []
        self._order = itertools.count()

    def at(self, at_ms: int, action: Action) -> None:
        """Plan `action` for `at_ms`."""
        heapq.heappush(self._heap, (at_ms, next(self._order), action))

    def next_ms(self) -> int | None:
        """Return when the next action is due, or None when nothing is planned."""
        return self._heap[0][0] if self._heap else None

    def run_due(self, now_ms: int) -> None:
        """Run everything due by `now_ms`, including what those actions plan themselves."""
        while self._heap and self._heap[0][0] <= now_ms:
            at_ms, _, action = heapq.heappop(self._heap)
            action(at_ms)
