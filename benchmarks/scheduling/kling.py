"""Kling's account as the contract has it: tasks hold slots until they end, full accounts say 1303, fast ones 1302."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.scheduling.latencies import Dice, Latencies
from reelwright.domain.provider_errors import OverCapacity, RateLimited
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ports import Submission
from tests.simulation.world import World

WINDOW_MS = 60_000


@dataclass(frozen=True, slots=True)
class Run:
    """When a task held its slot."""

    external_id: str
    began_ms: int
    ended_ms: int


class Account:
    """Implements `ports.Provider`. `others` is how many slots somebody else uses, `wanted` how many they would like."""

    def __init__(self, world: World, dice: Dice, latencies: Latencies, slots: int, per_minute: int) -> None:
        self._world, self._dice, self._latencies = world, dice, latencies
        self._slots, self._per_minute = slots, per_minute
        self._recent: deque[int] = deque()
        self.duration_ms: Callable[[str], int] = lambda _: 0
        self.ended: Callable[[str], None] = lambda _: None
        self.tasks: dict[str, Task] = {}
        self.runs: list[Run] = []
        self.starts: list[tuple[str, int]] = []
        self.unfinished, self.others, self.wanted, self.peak = 0, 0, 0, 0
        self.answers: Counter[str] = Counter()

    def submit(self, submission: Submission) -> Task:
        """See `ports.Provider.submit`."""
        out = self._dice.around(self._latencies.kling_create) // 2
        self._world.pause(out)
        try:
            return self._create(submission.external_id)
        finally:
            self._world.pause(out)

    def _create(self, external_id: str) -> Task:
        now = self._world.now_ms
        while self._recent and self._recent[0] <= now - WINDOW_MS:
            self._recent.popleft()
        if self._per_minute and len(self._recent) >= self._per_minute:
            self.answers["1302"] += 1
            raise RateLimited("too fast", code="1302")
        self._recent.append(now)
        if self.unfinished + self.others >= self._slots:
            self.answers["1303"] += 1
            raise OverCapacity("full", code="1303")
        return self._begin(external_id, now)

    def _begin(self, external_id: str, now: int) -> Task:
        self.answers["accepted"] += 1
        self.starts.append((external_id.rpartition("-")[0], now))
        self.unfinished += 1
        self.peak = max(self.peak, self.unfinished)
        task = Task(f"t{len(self.tasks)}", external_id, TaskStatus.PROCESSING)
        self.tasks[external_id] = self.tasks[task.task_id] = task
        self._world.at(self.duration_ms(external_id), lambda: self._end(task, now))
        return task

    def _end(self, task: Task, began_ms: int) -> None:
        done = replace(
            task, status=TaskStatus.SUCCEEDED, results=("https://cdn.example/v.mp4",), deduction=Decimal("1.5")
        )
        self.tasks[task.external_id] = self.tasks[task.task_id] = done
        self.runs.append(Run(task.external_id, began_ms, self._world.now_ms))
        self.unfinished -= 1
        self.settle_others()
        self.ended(task.external_id)

    def held(self, now_ms: int) -> list[tuple[str, int, int]]:
        """(job, from, until) of every slot that was ever held; those that are held still end now."""
        ends = {run.external_id.rpartition("-")[0]: run.ended_ms for run in self.runs}
        return [(job, began, ends.get(job, now_ms)) for job, began in self.starts]

    def settle_others(self) -> None:
        """Whoever else uses the account takes a slot as soon as one is free."""
        self.others = min(self.wanted, self._slots - self.unfinished)

    def look_up(self, generation_type: str, model: str, ref: str, account: str = "main") -> Task | None:
        """See `ports.Provider.look_up`."""
        del generation_type, model, account
        self._world.pause(self._dice.around(self._latencies.kling_look_up))
        self.answers["looked up"] += 1
        return self.tasks.get(ref)
