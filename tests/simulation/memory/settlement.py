"""Ending a job and giving its slot back: job, money, slot and event move together."""

from decimal import Decimal

from reelwright.domain.errors import Stale
from reelwright.domain.event import of_job
from reelwright.domain.job import Job
from reelwright.domain.lane import Recent
from reelwright.domain.status import Status
from tests.simulation.memory.rows import EntryRow, Rows

HOLDS_SLOT = frozenset({Status.SUBMITTING, Status.GENERATING})


def save_and_free(rows: Rows, before: Job, after: Job, cool_until_ms: int | None) -> None:
    """See `ports.Jobs.save_and_free`."""
    rows.expect(before)
    _free(rows, before, after, cool_until_ms)
    rows.write(after)


def settle(rows: Rows, before: Job, after: Job) -> None:
    """See `ports.Jobs.settle`."""
    rows.expect(before)
    if not _settleable(rows, after):
        raise Stale(before.id)
    _move_money(rows, after, before.held)
    _free(rows, before, after, None)
    event = of_job(after)
    rows.outbox[event.id] = event
    rows.write(after)


def close_hold(rows: Rows, job: Job) -> bool:
    """See `ports.Jobs.close_hold`."""
    if not _settleable(rows, job):
        return False
    _move_money(rows, job, job.estimated)
    return True


def _settleable(rows: Rows, job: Job) -> bool:
    hold = rows.holds.get((job.tenant, job.id))
    return hold is not None and hold.state == "open" and _entry_key(job) not in rows.entries


def _entry_key(job: Job) -> tuple[str, str, str, str]:
    operation = "capture" if job.status is Status.SUCCEEDED or job.captured else "release"
    return job.tenant, job.budget_month, job.id, operation


def _move_money(rows: Rows, after: Job, held: Decimal) -> None:
    captured = after.captured or Decimal(0)
    budget, hold = rows.budgets[after.tenant, after.budget_month], rows.holds[after.tenant, after.id]
    budget.held -= held
    budget.captured += captured
    budget.available += held - captured
    hold.state, hold.captured, hold.closed_ms, hold.due_ms = "closed", captured, after.updated_ms, None
    key = _entry_key(after)
    rows.entries[key] = EntryRow(after.id, key[3], captured, after.updated_ms, held - captured, after.estimated)


def _free(rows: Rows, before: Job, after: Job, cool_until_ms: int | None) -> None:
    """A slot that is gone already hinders nothing; then the lane is not cooled either."""
    lane = rows.lanes.get(before.attempt.lane) if before.status in HOLDS_SLOT else None
    if lane is None or before.attempt.external_id not in lane.slots:
        return
    del lane.slots[before.attempt.external_id]
    lane.running[before.tenant] -= 1
    if cool_until_ms is not None:
        lane.cool_until_ms = cool_until_ms
    if after.ran_ms is not None:
        lane.recent = Recent(lane.recent.tasks + 1, lane.recent.total_ms + after.ran_ms)
