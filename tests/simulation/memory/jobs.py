"""Implements `ports.Jobs` in memory."""

from collections.abc import Callable
from dataclasses import replace
from zlib import crc32

from reelwright.adapters.aws.table.job_rows import rank
from reelwright.adapters.aws.table.keys import DUE_SHARDS
from reelwright.domain.errors import NotFound
from reelwright.domain.fairness import Choice
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane
from reelwright.domain.status import Status
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ports import Admission, IdempotencyRecord, OpenHold, Page, Waiting
from tests.simulation.memory.admission import admit
from tests.simulation.memory.claim import lease_slot
from tests.simulation.memory.rows import HoldRow, Rows
from tests.simulation.memory.settlement import close_hold, save_and_free, settle

HANDFUL = 10


class MemoryJobs:
    """Jobs as dataclasses under the conditions that DynamoDB would check."""

    def __init__(self, rows: Rows, now_ms: Callable[[], int]) -> None:
        self._rows = rows
        self._now_ms = now_ms

    def admit(self, admission: Admission) -> None:
        admit(self._rows, admission)

    def settle(self, before: Job, after: Job) -> None:
        settle(self._rows, before, after)

    def save_and_free(self, before: Job, after: Job, cool_until_ms: int | None = None) -> None:
        save_and_free(self._rows, before, after, cool_until_ms)

    def get(self, job_id: str) -> Job:
        if job_id not in self._rows.jobs:
            raise NotFound("There is no such video.")
        return self._rows.jobs[job_id]

    def get_with_request(self, job_id: str) -> tuple[Job, Generation]:
        return self.get(job_id), self._rows.requests[job_id]

    def idempotent(self, tenant: str, key: str) -> IdempotencyRecord | None:
        record = self._rows.idempotency.get((tenant, key))
        return record if record and record.expires_ms > self._now_ms() else None

    def save(self, before: Job, after: Job) -> None:
        self._rows.expect(before)
        self._rows.write(after)

    def claim(  # noqa: PLR0913, PLR0917 - as the port has it
        self, before: Job, after: Job, lane: Lane, choice: Choice, slot_expires_ms: int, tenant: Tenant
    ) -> None:
        self._rows.expect(before)
        lease_slot(self._rows, lane, after, choice, slot_expires_ms, tenant.max_concurrent)
        self._rows.write(after)

    def note_callback(self, job_id: str, attempt: int, at_ms: int) -> str | None:
        job = self._rows.jobs.get(job_id)
        if job is None or len(job.attempts) != attempt or job.status not in {Status.SUBMITTING, Status.GENERATING}:
            return None
        self._rows.write(replace(job, callback_ms=at_ms, version=job.version + 1))
        return job.task_token

    def clear_callback(self, job: Job) -> None:
        row = self._rows.jobs.get(job.id)
        if job.callback_ms is not None and row is not None and row.callback_ms == job.callback_ms:
            self._rows.write(replace(row, callback_ms=None, version=row.version + 1))

    def waiting_after(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        found = self._waiting(lane, f"{tenant}#~" if tenant else " ")
        return tuple(one for one in found if one.tenant == found[0].tenant)

    def waiting_of(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        return tuple(one for one in self._waiting(lane, f"{tenant}#") if one.tenant == tenant)

    def _waiting(self, lane: str, after: str) -> tuple[Waiting, ...]:
        jobs = (job for job in self._rows.view.jobs() if job.status is Status.QUEUED and job.lane == lane)
        ranked = sorted((rank(job), job.id, job.tenant) for job in jobs if rank(job) > after)
        return tuple(Waiting(job_id, tenant, place) for place, job_id, tenant in ranked[:HANDFUL])

    def backlog(self, lane: str) -> tuple[Waiting, ...]:
        jobs = (job for job in self._rows.view.jobs() if job.status is Status.QUEUED and job.lane == lane)
        return tuple(
            Waiting(job_id, tenant, place)
            for place, job_id, tenant in sorted((rank(job), job.id, job.tenant) for job in jobs)
        )

    def due(self, shard: int, now_ms: int, limit: int) -> tuple[str, ...]:
        jobs = (job for job in self._rows.view.jobs() if _shard(job.id) == shard)
        overdue = sorted((job.due_ms, job.id) for job in jobs if job.due_ms is not None and job.due_ms <= now_ms)
        return tuple(job_id for _, job_id in overdue[:limit])

    def due_holds(self, shard: int, now_ms: int, limit: int) -> tuple[OpenHold, ...]:
        mine = ((job, tenant, hold) for (tenant, job), hold in self._rows.holds.items() if _shard(job) == shard)
        overdue = sorted((hold.due_ms, job, tenant) for job, tenant, hold in mine if _due(hold, now_ms))
        return tuple(OpenHold(tenant, job_id) for _, job_id, tenant in overdue[:limit])

    def close_hold(self, job: Job) -> bool:
        return close_hold(self._rows, job)

    def defer(self, job_id: str, due_ms: int) -> None:
        row = self._rows.jobs.get(job_id)
        if row is not None and row.due_ms is not None:
            self._rows.write(replace(row, due_ms=due_ms))

    def defer_hold(self, hold: OpenHold, due_ms: int) -> None:
        row = self._rows.holds.get((hold.tenant, hold.job_id))
        if row is not None and row.due_ms is not None:
            row.due_ms = due_ms

    def expect(self, job_id: str, expected_ms: int) -> None:
        row = self._rows.jobs.get(job_id)
        if row is not None and row.status is Status.QUEUED:
            self._rows.write(replace(row, expected_ms=expected_ms))

    def remember(self, job: Job, event: str, at_ms: int) -> None:
        self._rows.history[job.id, at_ms, job.version] = (event, at_ms, job.status)

    def page(self, tenant: str, limit: int, before_rank: str | None) -> Page:
        before = before_rank or "~"
        jobs = (job.id for job in self._rows.view.jobs() if job.tenant == tenant and job.id < before)
        ids = sorted(jobs, reverse=True)[: limit + 1]
        shown = ids[:limit]
        pairs = tuple(self.get_with_request(one) for one in shown)
        return Page(pairs, shown[-1] if len(ids) > limit else None)


def _due(hold: HoldRow, now_ms: int) -> bool:
    return hold.due_ms is not None and hold.due_ms <= now_ms


def _shard(job_id: str) -> int:
    return crc32(job_id.encode()) % DUE_SHARDS
