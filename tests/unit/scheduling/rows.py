"""Jobs and lanes to choose from."""

from decimal import Decimal

from reelwright.domain.fairness import BLOCKED, Blocked, Choice, Head, choose
from reelwright.domain.generation import JobType
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane, Slot
from reelwright.domain.status import Status

NOW = 1_790_000_000_000


def job(tenant: str, number: int, *, duration: int = 5, priority: int = 0, created_ms: int = NOW) -> Job:
    """A waiting job."""
    return Job(
        id=f"job_{tenant}{number:04d}",
        tenant=tenant,
        type=JobType.TEXT_TO_VIDEO,
        model="kling-v2-6",
        lane="main.kling-v2-6.video",
        status=Status.QUEUED,
        version=1,
        created_ms=created_ms,
        updated_ms=created_ms,
        budget_month="2026-09",
        estimated=Decimal(1),
        duration=duration,
        priority=priority,
    )


def lane(slots: int = 10, leased: int = 0, **more: object) -> Lane:
    """A lane of which some slots are leased."""
    held = {f"job_{number}-1": Slot("acme", NOW + 300_000) for number in range(leased)}
    return Lane("main.kling-v2-6.video", slots, held, **more)  # type: ignore[arg-type]


class Ring:
    """Tenants with queues, served one choice after the other, as dispatch does it."""

    def __init__(self, queues: dict[str, list[Job]], weights: dict[str, int] | None = None) -> None:
        self.queues, self.weights = queues, weights or {}
        self.turn, self.deficits = "", dict[str, int]()
        self.blocked = set[str]()

    def next(self) -> Choice | None:
        """Serve one job."""
        names = sorted(self.queues)
        behind = [name for name in names if name > self.turn] + [name for name in names if name <= self.turn]
        others = [head for name in behind if isinstance(head := self._head(name), Head)]
        choice = choose(self.turn, dict(self.deficits), lambda: self._head(self.turn), others)
        if choice:
            self.turn, self.deficits = choice.turn, choice.deficits
            self.queues[choice.job.tenant].remove(choice.job)
        return choice

    def served(self, count: int) -> list[Job]:
        """Serve so many."""
        return [choice.job for _ in range(count) if (choice := self.next())]

    def _head(self, tenant: str) -> Head | Blocked | None:
        queue = self.queues.get(tenant)
        if queue and tenant in self.blocked:
            return BLOCKED
        return Head(tenant, queue[0], self.weights.get(tenant, 1)) if queue else None
