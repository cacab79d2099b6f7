"""Small honest stand-ins for the ports that are not under test."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count

from reelwright.domain.asset import Asset, VideoFacts
from reelwright.domain.job import Job
from reelwright.domain.provider_errors import AlreadyExists, OverCapacity, ProviderError
from reelwright.domain.signals import CopyFailed
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ports import Submission

START_MS = 1_790_000_000_000


@dataclass
class FakeClock:
    """Stands still until told otherwise."""

    at_ms: int = START_MS

    def now_ms(self) -> int:
        return self.at_ms

    def advance(self, seconds: float) -> None:
        self.at_ms += int(seconds * 1000)


@dataclass
class CountingIds:
    """Ids that count up, of the real length."""

    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def job(self) -> str:
        return f"job_{next(self.numbers):026d}"

    def owner(self) -> str:
        return f"owner{next(self.numbers)}"


@dataclass
class FakeHints:
    """Keeps what was sent; `lossy` drops it, as a queue may."""

    sent: list[tuple[str, str, str | None, int]] = field(default_factory=list)
    lossy: bool = False

    def wake(self, lane: str, tenant: str, job_id: str | None = None, delay_seconds: int = 0) -> None:
        if not self.lossy:
            self.sent.append((lane, tenant, job_id, delay_seconds))


@dataclass
class FakeWorkflows:
    """Knows which executions run and which tokens came back."""

    started: set[str] = field(default_factory=set)
    dead: set[str] = field(default_factory=set)
    tokens: list[str] = field(default_factory=list)

    def name(self, job: Job) -> str:
        return f"{job.attempt.external_id}/{job.executions}"

    def start(self, job: Job) -> bool:
        self.started.add(self.name(job))
        return True

    def running(self, job: Job) -> bool:
        return self.name(job) in self.started - self.dead

    def resume(self, task_token: str) -> None:
        self.tokens.append(task_token)


@dataclass
class FakeProvider:
    """Accepts like Kling: a taken external id is refused, a full account says so, time is told by the test."""

    slots: int = 100
    tasks: dict[str, Task] = field(default_factory=dict)
    script: list[ProviderError | None] = field(default_factory=list)
    accept_before_raising: bool = False
    look_up_script: list[ProviderError | None] = field(default_factory=list)
    creates: int = 0
    look_ups: int = 0

    def submit(self, submission: Submission) -> Task:
        planned = self.script.pop(0) if self.script else None
        if planned is not None and not self.accept_before_raising:
            raise planned
        task = self._create(submission.external_id)
        if planned is not None:
            raise planned
        return task

    def _create(self, external_id: str) -> Task:
        if external_id in self.tasks:
            raise AlreadyExists("exists", code="1201")
        if sum(task.status is TaskStatus.PROCESSING for task in self.tasks.values()) >= self.slots:
            raise OverCapacity("full", code="1303")
        self.creates += 1
        self.tasks[external_id] = Task(f"t{self.creates}", external_id, TaskStatus.PROCESSING)
        return self.tasks[external_id]

    def look_up(self, generation_type: str, model: str, ref: str, account: str = "main") -> Task | None:
        del generation_type, model, account
        self.look_ups += 1
        planned = self.look_up_script.pop(0) if self.look_up_script else None
        if planned is not None:
            raise planned
        return next((task for task in self.tasks.values() if ref in {task.task_id, task.external_id}), None)

    def finish(self, external_id: str, units: str | None = "2") -> None:
        done = {"status": TaskStatus.SUCCEEDED, "results": (f"https://cdn.example/{external_id}",)}
        self.tasks[external_id] = replace(self.tasks[external_id], **done, deduction=units and Decimal(units))  # type: ignore[arg-type]

    def fail(self, external_id: str, message: str, units: str | None = None) -> None:
        deduction = Decimal(units) if units else None
        failed = replace(self.tasks[external_id], status=TaskStatus.FAILED, message=message, deduction=deduction)
        self.tasks[external_id] = failed


@dataclass
class FakeCopier:
    """Copies at once; `failures` says how often it does not."""

    failures: int = 0
    copies: list[str] = field(default_factory=list)

    def copy(self, job_id: str, url: str) -> tuple[Asset, ...]:
        if self.failures:
            self.failures -= 1
            raise CopyFailed("cut short")
        self.copies.append(url)
        facts = VideoFacts("avc1", 1280, 720, 5000, 120)
        return (Asset("video", f"media/{job_id}/00.mp4", "video/mp4", 1000, "00" * 32, facts),)


@dataclass
class FakeAddresses:
    """Capabilities that are their external id with a prefix."""

    def address(self, external_id: str) -> str:
        return f"https://api.example/webhooks/kling/good.{external_id}"

    def verify(self, capability: str) -> str | None:
        return capability.removeprefix("good.") if capability.startswith("good.") else None


@dataclass
class FakeTelemetry:
    """Counts by name, and which series each count was for."""

    counts: dict[str, float] = field(default_factory=dict)
    series: list[tuple[str, tuple[str, str] | None]] = field(default_factory=list)

    def count(
        self,
        metric: str,
        value: float = 1,
        *,
        facts: Mapping[str, str] | None = None,
        dimension: tuple[str, str] | None = None,
    ) -> None:
        del facts
        self.series.append((metric, dimension))
        self.counts[metric] = self.counts.get(metric, 0) + value

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        """Nothing to remember."""

    def job(self, job_id: str) -> None:
        """Nothing to remember."""

    def note(self, message: str, **facts: object) -> None:
        """Nothing to remember."""

    def trouble(self, message: str, **facts: object) -> None:
        """Nothing to remember."""


@dataclass
class FakeImages:
    """Keeps images in memory."""

    stored: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, data: bytes, content_type: str) -> None:
        del content_type
        self.stored[key] = data
