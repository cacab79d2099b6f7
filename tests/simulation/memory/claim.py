"""Leasing a slot of a lane: the condition and the change of one write."""

from reelwright.domain.errors import NoFreeSlot
from reelwright.domain.fairness import Choice
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane, Slot
from reelwright.domain.pacing import HALF_OPEN_SECONDS
from tests.simulation.memory.rows import LaneRow, Rows


def lease_slot(rows: Rows, lane: Lane, job: Job, choice: Choice, expires_ms: int, cap: int) -> None:  # noqa: PLR0913, PLR0917
    """Lease a slot for the job's attempt. Raises NoFreeSlot."""
    row, now_ms = rows.lanes.get(lane.id), job.updated_ms
    if row is None or not _may(row, job, lane, cap):
        raise NoFreeSlot(lane.id)
    row.slots[job.attempt.external_id] = Slot(job.tenant, expires_ms)
    row.running[job.tenant] = row.running.get(job.tenant, 0) + 1
    row.turn, row.deficits = choice.turn, dict(choice.deficits)
    if lane.interval_ms:
        row.tat_ms = max(lane.tat_ms, now_ms) + lane.interval_ms
    if lane.lessons.failures:
        row.cool_until_ms = now_ms + HALF_OPEN_SECONDS * 1000


def _may(row: LaneRow, job: Job, lane: Lane, cap: int) -> bool:
    room = len(row.slots) < lane.capacity(job.updated_ms) and job.attempt.external_id not in row.slots
    awake = not row.paused and row.cool_until_ms <= job.updated_ms
    paced = not lane.interval_ms or row.tat_ms == lane.tat_ms
    return room and awake and paced and (job.tenant not in row.running or row.running[job.tenant] < cap)
