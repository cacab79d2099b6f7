"""The provider's account without a clock of its own: callers bring times that never go back."""

from collections import Counter, deque
from dataclasses import dataclass
from heapq import heappop, heappush

from benchmarks.scheduling.load import Load

WINDOW_MS = 60_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a strategy ended: when the last task did, how many jobs were finished, which calls created nothing."""

    makespan_ms: float
    finished: int
    wasted: int


class PlainAccount:
    """Slots are held until tasks end; at most so many calls in any minute."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._ends: list[float] = []
        self._recent: deque[float] = deque()
        self.last_ms = 0.0
        self.answers: Counter[str] = Counter()

    def create(self, at_ms: float, job: int) -> float | None:
        """When the task will end; None where nothing was created."""
        while self._ends and self._ends[0] <= at_ms:
            heappop(self._ends)
        while self._recent and self._recent[0] <= at_ms - WINDOW_MS:
            self._recent.popleft()
        if self._load.per_minute and len(self._recent) >= self._load.per_minute:
            return self._no("1302")
        self._recent.append(at_ms)
        if len(self._ends) >= self._load.slots:
            return self._no("1303")
        self.answers["accepted"] += 1
        end = at_ms + self._load.durations_ms[job]
        heappush(self._ends, end)
        self.last_ms = max(self.last_ms, end)
        return end

    def _no(self, code: str) -> float | None:
        self.answers[code] += 1
        return None

    def outcome(self) -> Outcome:
        """How it went until now."""
        return Outcome(self.last_ms, self.answers["accepted"], self.answers["1302"] + self.answers["1303"])
