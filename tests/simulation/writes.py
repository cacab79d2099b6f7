"""Jobs and moves for the comparison of the two stores."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from reelwright.domain import moves
from reelwright.domain.job import Job
from reelwright.domain.lane import lane_id
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.domain.times import month
from tests.support.patience import usual_policy
from tests.support.pipeline import CLIP

POLICY = usual_policy(max_attempts=3)
LANE = lane_id("main", CLIP.model)
DONE = Task("t1", "", TaskStatus.SUCCEEDED, deduction=Decimal("2.5"))


def ways(job: Job, now: int) -> Iterator[tuple[str, Job]]:
    """Every move that a job in this state may make, and the write that goes with it."""
    yield "save", moves.touched(job, now, due_ms=now + 1_000)
    yield "save", moves.touched(job, now, due_ms=None)
    if job.status is Status.QUEUED:
        yield "settle", moves.ended(job, Status.CANCELED, "cancel", now)
    if job.status is Status.SUBMITTING:
        yield "free", moves.put_back(job, now)
        yield "save", moves.accepted(job, replace(DONE, status=TaskStatus.PROCESSING), POLICY, now)
        yield "save", moves.unknown(job, POLICY, now)
    if job.status is Status.GENERATING:
        yield "free", moves.rerun(job, now)
        yield "free", moves.finalizing(job, DONE, "me", POLICY, now)
        yield "settle", moves.ended(job, Status.FAILED, "poll", now, captured=Decimal(0))
    if job.status is Status.FINALIZING:
        yield "settle", moves.ended(job, Status.SUCCEEDED, "finalize", now, captured=Decimal("2.5"))


def fresh(number: int, tenant: str, now: int, seconds: int, priority: int) -> Job:
    """A job that was just admitted and is due in so many seconds."""
    return Job(
        id=f"job_{number:026d}",
        tenant=tenant,
        type=CLIP.type,
        model=CLIP.model,
        lane=LANE,
        status=Status.QUEUED,
        version=1,
        created_ms=now,
        updated_ms=now,
        budget_month=month(now),
        estimated=Decimal("1.5"),
        held=Decimal("1.5"),
        duration=5,
        priority=priority,
        expires_ms=now + 600_000,
        due_ms=now + seconds * 1000,
    )
