"""The sparse indexes: what they show may lag behind the rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from reelwright.domain.job import Job


def _never() -> int:
    return 0


@dataclass(slots=True)
class LaggingView:
    """Jobs as an index sees them; each write shows up `lag_ms()` later, in the order of the writes of its row."""

    time_ms: Callable[[], int] = _never
    lag_ms: Callable[[], int] = _never
    shown: dict[str, Job] = field(default_factory=dict)
    pending: list[tuple[int, Job]] = field(default_factory=list)

    def note(self, job: Job) -> None:
        """A row was written."""
        lag = self.lag_ms()
        if lag or any(later.id == job.id for _, later in self.pending):
            floor = max((at for at, later in self.pending if later.id == job.id), default=0)
            self.pending.append((max(floor, self.time_ms() + lag), job))
        else:
            self.shown[job.id] = job

    def jobs(self) -> Iterable[Job]:
        """What the index shows now."""
        if self.pending:
            now = self.time_ms()
            for at, job in self.pending:
                if at <= now:
                    self.shown[job.id] = job
            self.pending = [one for one in self.pending if one[0] > now]
        return self.shown.values()
