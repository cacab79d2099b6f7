"""Small honest stand-ins for the ports that are not under test."""

from dataclasses import dataclass, field
from itertools import count

from reelwright.domain.asset import Asset, VideoFacts
from reelwright.domain.job import Job
from reelwright.domain.signals import CopyFailed

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
class FakeImages:
    """Keeps images in memory."""

    stored: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, data: bytes, content_type: str) -> None:
        del content_type
        self.stored[key] = data
