"""One submission of a job to one provider."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class AttemptStatus(StrEnum):
    """How far a submission came."""

    CLAIMED = "claimed"  # the external id is saved; the call may or may not have been made
    UNKNOWN = "unknown"  # the call was made, its outcome is not known
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    LOST = "lost"  # the provider never told an end within the deadline


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt's record; times are epoch milliseconds, `deduction` is in video units."""

    number: int
    external_id: str
    lane: str
    status: AttemptStatus
    claimed_ms: int
    sends: int = 0
    sent_ms: int | None = None
    accepted_ms: int | None = None
    ended_ms: int | None = None
    task_id: str | None = None
    request_id: str | None = None
    deduction: Decimal | None = None


def deducted(attempts: Iterable[Attempt]) -> Decimal:
    """What the provider is known to have charged for these attempts, in video units."""
    return sum((attempt.deduction or Decimal(0) for attempt in attempts), Decimal(0))


def external_id(job_id: str, number: int) -> str:
    """The id under which Kling knows the attempt: `<job>-<n>`, unique in the account, safe in a path."""
    return f"{job_id}-{number}"


def job_of(name: str) -> str:
    """The job that an external id (`<job>-<n>`) or an execution's name (`<job>-<n>-r<k>`) belongs to."""
    return name.split("-", 1)[0]
