"""Every change a job can undergo, as pure functions from one record to the next."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from reelwright.domain.asset import Asset
from reelwright.domain.attempt import Attempt, AttemptStatus, deducted, external_id
from reelwright.domain.job import Job, JobError, Lease
from reelwright.domain.policy import FinishingPolicy, SendingPolicy
from reelwright.domain.status import Status, check
from reelwright.domain.task import Task


def touched(job: Job, now_ms: int, **changes: Any) -> Job:
    """The job with some fields changed and its version counted up; its status stays."""
    return replace(job, version=job.version + 1, updated_ms=now_ms, **changes)


def moved(job: Job, to: Status, who: str, now_ms: int, **changes: Any) -> Job:
    """The job in another state. Raises IllegalTransition when `who` may not do that."""
    check(job.status, to, who)
    return touched(job, now_ms, status=to, **changes)


def with_attempt(job: Job, **changes: Any) -> tuple[Attempt, ...]:
    """The job's attempts with the latest one changed."""
    return (*job.attempts[:-1], replace(job.attempt, **changes))


def priced(job: Job, task: Task) -> Job:
    """The job that knows what the provider now says that its latest attempt cost; silence leaves what was said before.

    No change by itself: it goes into the table with the move that follows.
    """
    return job if task.deduction is None else replace(job, attempts=with_attempt(job, deduction=task.deduction))


def claimed(  # noqa: PLR0913 - the parts of a claim
    job: Job, owner: str, lane: str, policy: SendingPolicy, now_ms: int, *, typical_ms: int | None = None
) -> Job:
    """Queued → submitting on a lane: the attempt and its external id exist before any call is made.

    `typical_ms` is how long tasks take there; where that is not known yet, what was expected at admission.
    """
    lease = Lease(owner, now_ms + policy.submit_lease_seconds * 1000)
    again = bool(job.attempts) and job.attempt.status is AttemptStatus.CLAIMED
    attempts = (
        with_attempt(job, claimed_ms=now_ms, lane=lane) if again else (*job.attempts, _next_attempt(job, lane, now_ms))
    )
    wait = typical_ms if typical_ms is not None else (job.expected_ms or job.created_ms) - job.created_ms
    return moved(
        job,
        Status.SUBMITTING,
        "dispatch",
        now_ms,
        lease=lease,
        attempts=attempts,
        due_ms=lease.expires_ms,
        expected_ms=now_ms + wait,
    )


def _next_attempt(job: Job, lane: str, now_ms: int) -> Attempt:
    number = len(job.attempts) + 1
    return Attempt(number, external_id(job.id, number), lane, AttemptStatus.CLAIMED, now_ms)


def sending(job: Job, owner: str, policy: SendingPolicy, now_ms: int) -> Job:
    """Still submitting: a (new) owner holds the lease and is about to call the provider."""
    lease = Lease(owner, now_ms + policy.submit_lease_seconds * 1000)
    return touched(job, now_ms, lease=lease, due_ms=lease.expires_ms)


def unknown(job: Job, policy: SendingPolicy, now_ms: int) -> Job:
    """Still submitting: nobody works on it until the quiet period is over."""
    until = now_ms + policy.quiet_seconds * 1000
    attempts = with_attempt(job, status=AttemptStatus.UNKNOWN)
    return touched(job, now_ms, lease=None, attempts=attempts, due_ms=until)


def put_back(job: Job, now_ms: int) -> Job:
    """Submitting → queued: the provider surely created nothing, so the same external id serves again."""
    attempts = with_attempt(job, status=AttemptStatus.CLAIMED)
    return moved(job, Status.QUEUED, "dispatch", now_ms, lease=None, attempts=attempts, due_ms=job.expires_ms)


def accepted(job: Job, task: Task, policy: SendingPolicy, now_ms: int) -> Job:
    """Submitting → generating: the provider has the task."""
    attempts = with_attempt(
        job, status=AttemptStatus.ACCEPTED, task_id=task.task_id, accepted_ms=now_ms, request_id=task.request_id
    )
    return moved(
        job,
        Status.GENERATING,
        "dispatch",
        now_ms,
        lease=None,
        attempts=attempts,
        executions=job.executions + 1,
        due_ms=now_ms + policy.watch_seconds * 1000,
        deadline_ms=now_ms + policy.provider_deadline_seconds * 1000,
    )


def finalizing(job: Job, task: Task, owner: str, policy: FinishingPolicy, now_ms: int) -> Job:
    """Generating → finalizing (or a lapsed lease taken over): the task is done at Kling, its slot is free.

    What it cost may be told only later: every look-up's price is kept.

    `due_ms` stays as it was: the sweep looks at the job at its old time anyway, and moving it costs two index writes.
    """
    lease = Lease(owner, now_ms + policy.finalize_lease_seconds * 1000)
    job = priced(job, task)
    if job.status is Status.FINALIZING:
        return touched(job, now_ms, lease=lease)
    return moved(
        job,
        Status.FINALIZING,
        "finalize",
        now_ms,
        lease=lease,
        task_token=None,
        deadline_ms=now_ms + policy.delivery_deadline_seconds * 1000,
        attempts=with_attempt(job, status=AttemptStatus.SUCCEEDED, ended_ms=now_ms),
    )


def copy_failed(job: Job, policy: FinishingPolicy, now_ms: int) -> Job:
    """Still finalizing: this copy came to nothing; whoever comes next may try at once."""
    failures = job.copy_failures + 1
    return touched(job, now_ms, lease=None, copy_failures=failures, due_ms=now_ms + policy.watch_seconds * 1000)


def rerun(job: Job, now_ms: int) -> Job:
    """Generating → queued: the attempt is known to be dead and settings allow another one."""
    attempts = with_attempt(job, status=AttemptStatus.FAILED, ended_ms=now_ms)
    return moved(
        job,
        Status.QUEUED,
        "finalize",
        now_ms,
        attempts=attempts,
        callback_ms=None,
        task_token=None,
        due_ms=job.expires_ms,
        deadline_ms=None,
    )


def ended(  # noqa: PLR0913 - the parts of an ending, all named at the call
    job: Job,
    to: Status,
    who: str,
    now_ms: int,
    *,
    captured: Decimal | None = None,
    assets: tuple[Asset, ...] = (),
    error: JobError | None = None,
    attempt: AttemptStatus | None = None,
) -> Job:
    """Any state → a terminal one; nothing is held afterwards and nothing is due.

    Where no `captured` is given, it is what Kling is known to have deducted, for earlier attempts too.
    """
    attempts = with_attempt(job, status=attempt, ended_ms=job.attempt.ended_ms or now_ms) if attempt else job.attempts
    return moved(
        job,
        to,
        who,
        now_ms,
        captured=deducted(attempts) if captured is None else captured,
        held=Decimal(0),
        assets=assets,
        error=error,
        finished_ms=now_ms,
        attempts=attempts,
        lease=None,
        task_token=None,
        callback_ms=None,
        due_ms=None,
        deadline_ms=None,
    )


WAITED_TOO_LONG = JobError("expired", "The job waited longer than `expires_in` allows.")
