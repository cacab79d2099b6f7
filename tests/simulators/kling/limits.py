"""What an account may do at once and per second; may be changed while the simulator runs."""

from collections import deque
from dataclasses import dataclass, field

from tests.simulators.kling.errors import KlingError

WINDOW_MS = 1000


@dataclass
class Limits:
    """Slots by model, calls per second (None: no limit), and slots that somebody else on the account occupies."""

    concurrency: int
    by_model: dict[str, int] = field(default_factory=dict)
    requests_per_second: int | None = None
    foreign: dict[str, int] = field(default_factory=dict)
    _recent: dict[str, deque[int]] = field(default_factory=dict)

    def check_slot(self, model: str, unfinished: int) -> None:
        """Refuse with 1303 when all slots of the model are taken."""
        if unfinished + self.foreign.get(model, 0) >= self.by_model.get(model, self.concurrency):
            raise KlingError(1303)

    def check_rate(self, account: str, now_ms: int) -> None:
        """Count a call, and refuse it with 1302 when it is one too many within a second."""
        if self.requests_per_second is not None:
            self._count(account, now_ms, self.requests_per_second)

    def check_costs_rate(self, account: str, now_ms: int) -> None:
        """Hold callers to the one call per second that the documentation of `/account/costs` asks for."""
        self._count(f"{account}/costs", now_ms, 1)

    def _count(self, key: str, now_ms: int, allowed: int) -> None:
        recent = self._recent.setdefault(key, deque())
        while recent and recent[0] <= now_ms - WINDOW_MS:
            recent.popleft()
        if len(recent) >= allowed:
            raise KlingError(1302)
        recent.append(now_ms)
