"""The table in memory with indexes fast enough for ten thousand jobs, every write as a transaction would do it."""

from collections import defaultdict, deque
from collections.abc import Callable

from benchmarks.scheduling.ordered import Ordered
from reelwright.adapters.aws.table.indexes import HANDFUL
from reelwright.adapters.aws.table.job_rows import rank
from reelwright.domain.job import Job
from reelwright.domain.status import Status
from reelwright.use_cases.ports import OpenHold, Waiting
from tests.simulation.memory import MemoryJobs, Rows
from tests.simulation.memory.index import LaggingView


class SortedView(LaggingView):
    """The sparse indexes, each write visible after the same lag."""

    def __init__(self, time_ms: Callable[[], int], lag_ms: int) -> None:
        super().__init__()
        self._now, self._lag = time_ms, lag_ms
        self._late: deque[tuple[int, Job]] = deque()
        self._waiting: dict[str, Ordered] = defaultdict(Ordered)
        self._due = Ordered()

    def note(self, job: Job) -> None:
        """A row was written."""
        self._late.append((self._now() + self._lag, job))

    def waiting(self, lane: str) -> Ordered:
        """Ranks of the jobs that wait in a lane."""
        self._catch_up()
        return self._waiting[lane]

    def due(self) -> Ordered:
        """When each job is due."""
        self._catch_up()
        return self._due

    def _catch_up(self) -> None:
        while self._late and self._late[0][0] <= self._now():
            _, job = self._late.popleft()
            self._waiting[job.lane].put(job.id, rank(job) if job.status is Status.QUEUED else None)
            self._due.put(job.id, job.due_ms)


class IndexedJobs(MemoryJobs):
    """The same conditions and changes; questions are answered from sorted places. `leaks()` loses a release."""

    def __init__(self, rows: Rows, view: SortedView, now_ms: Callable[[], int]) -> None:
        super().__init__(rows, now_ms)
        rows.view = view
        self._view = view
        self.leaks: Callable[[], bool] = lambda: False

    def save_and_free(self, before: Job, after: Job, cool_until_ms: int | None = None) -> None:
        """See `ports.Jobs.save_and_free`; a leaking one forgets the slot."""
        if after.status is Status.FINALIZING and self.leaks():
            self.save(before, after)
        else:
            super().save_and_free(before, after, cool_until_ms)

    def _waiting(self, lane: str, after: str) -> tuple[Waiting, ...]:
        found = self._view.waiting(lane).after(after, HANDFUL)
        return tuple(Waiting(job_id, place.split("#", 1)[0], place) for place, job_id in found)

    def backlog(self, lane: str) -> tuple[Waiting, ...]:
        """See `ports.Jobs.backlog`."""
        return tuple(Waiting(job_id, place.split("#", 1)[0], place) for place, job_id in self._view.waiting(lane))

    def due(self, shard: int, now_ms: int, limit: int) -> tuple[str, ...]:
        """See `ports.Jobs.due`; all jobs stand in the first shard."""
        if shard:
            return ()
        found = self._view.due().after(0, limit)
        return tuple(job_id for due_ms, job_id in found if due_ms <= now_ms)

    def due_holds(self, shard: int, now_ms: int, limit: int) -> tuple[OpenHold, ...]:
        """See `ports.Jobs.due_holds`; no run here lasts the day after which holds are questioned."""
        del shard, now_ms, limit
        return ()
