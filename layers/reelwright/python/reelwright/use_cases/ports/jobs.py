"""The table of jobs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from reelwright.domain.fairness import Choice
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ports.admission import Admission, IdempotencyRecord


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that waits in a lane, as the waiting index tells it (it may lag)."""

    job_id: str
    tenant: str
    rank: str


@dataclass(frozen=True, slots=True)
class OpenHold:
    """The key of a hold: it leads to the hold even when the job is gone."""

    tenant: str
    job_id: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a tenant's jobs, newest first, and where the next one starts."""

    jobs: tuple[tuple[Job, Generation], ...]
    next_rank: str | None


class Jobs(Protocol):
    """The table of jobs. Every write is conditional on the version that was read; the loser gets `Stale`."""

    def admit(self, admission: Admission) -> None:
        """Write job, request, hold, ledger entry, budget, rate and idempotency record, or nothing.

        Raises OverBudget, TooManyRequests, IdempotencyHit, Conflict (the same key is being served now).
        """
        ...

    def get(self, job_id: str) -> Job:
        """The job, read consistently. Raises NotFound."""
        ...

    def get_with_request(self, job_id: str) -> tuple[Job, Generation]:
        """The job and what was asked for. Raises NotFound."""
        ...

    def idempotent(self, tenant: str, key: str) -> IdempotencyRecord | None:
        """The unexpired record of an Idempotency-Key, if there is one."""
        ...

    def save(self, before: Job, after: Job) -> None:
        """Replace the job's row. Raises Stale."""
        ...

    def claim(  # noqa: PLR0913, PLR0917 - one transaction over job, lane and tenant
        self, before: Job, after: Job, lane: Lane, choice: Choice, slot_expires_ms: int, tenant: Tenant
    ) -> None:
        """Move the job to `submitting` and lease a slot, within the lane's capacity and pace and the tenant's cap.

        Raises Stale, NoFreeSlot.
        """
        ...

    def save_and_free(self, before: Job, after: Job, cool_until_ms: int | None = None) -> None:
        """Replace the row and free the slot of `before.attempt`, cooling the lane where asked. Raises Stale."""
        ...

    def settle(self, before: Job, after: Job) -> None:
        """End the job: row, hold, ledger entry, budget and (if still leased) slot in one transaction.

        What is captured is `after.captured`; the rest of the hold is released. Raises Stale.
        """
        ...

    def note_callback(self, job_id: str, attempt: int, at_ms: int) -> str | None:
        """Mark that there is news of a generating attempt; the parked task token, if there is one by now."""
        ...

    def clear_callback(self, job: Job) -> None:
        """Forget the news that `job` was read with, unless newer news came."""
        ...

    def waiting_after(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        """The best waiting jobs of the first tenant that sorts after `tenant` in the lane, a handful."""
        ...

    def waiting_of(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        """The tenant's best waiting jobs in the lane, a handful."""
        ...

    def backlog(self, lane: str) -> Iterable[Waiting]:
        """All jobs that wait in the lane, tenant by tenant, each tenant's in the order in which they are served."""
        ...

    def due(self, shard: int, now_ms: int, limit: int) -> Iterable[str]:
        """Ids of jobs whose `due_ms` has passed, most overdue first."""
        ...

    def due_holds(self, shard: int, now_ms: int, limit: int) -> Iterable[OpenHold]:
        """Holds that have been open for so long that somebody should ask why, longest first."""
        ...

    def close_hold(self, job: Job) -> bool:
        """Settle the hold of a job that is over already; False when it is settled."""
        ...

    def defer(self, job_id: str, due_ms: int) -> None:
        """Let the sweep look at the job again at `due_ms`, whatever its row holds besides; nothing if it is over."""
        ...

    def defer_hold(self, hold: OpenHold, due_ms: int) -> None:
        """Ask again at `due_ms` why the hold is open, whatever became of its job; nothing if it is closed."""
        ...

    def expect(self, job_id: str, expected_ms: int) -> None:
        """Say anew when a job that still waits will be done; nothing if it waits no more."""
        ...

    def remember(self, job: Job, event: str, at_ms: int) -> None:
        """Append a line to the job's history: what was repaired or decided about it."""
        ...

    def page(self, tenant: str, limit: int, before_rank: str | None) -> Page:
        """A tenant's jobs, newest first."""
        ...
