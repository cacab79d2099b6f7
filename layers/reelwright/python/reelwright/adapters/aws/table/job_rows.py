"""A job as a row, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.domain.asset import Asset, VideoFacts
from reelwright.domain.attempt import Attempt, AttemptStatus
from reelwright.domain.generation import JobType
from reelwright.domain.job import Job, JobError, Lease
from reelwright.domain.status import Status

PRIORITY_STEP_MS: Final = 600_000
"""One step of priority is worth ten minutes of waiting, so age lifts every job past it in the end."""

LENGTH_STEP_MS: Final = 12_000
"""A second of video counts as so much waiting: a batch sent within a minute begins with its longest clips."""

_NAMES: Final[tuple[str, ...]] = Job.__match_args__
_UNITS: Final = frozenset({"estimated", "held", "captured", "deduction"})


def rank(job: Job) -> str:
    """How a waiting job sorts: by tenant, then by age, with priority and length counted as waiting."""
    lift = job.priority * PRIORITY_STEP_MS + job.duration * LENGTH_STEP_MS
    return f"{job.tenant}#{max(0, job.created_ms - lift):015d}#{job.id}"


def to_item(job: Job) -> Item:
    """The whole row of a job, index attributes included."""
    return encode(_state(job) | _indexes(job) | {"pk": keys.job_pk(job.id), "sk": keys.JOB})


def _state(job: Job) -> dict[str, object]:
    values = {name: getattr(job, name) for name in _NAMES}
    for name in ("attempts", "assets"):
        values[name] = [_present(asdict(part)) for part in values[name]] or None
    for name in ("lease", "error"):
        values[name] = _present(asdict(values[name])) if values[name] else None
    return values | {"attempt": len(job.attempts)}


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _present(value) if isinstance(value, dict) else value
        for name, value in values.items()
        if value is not None
    }


def _indexes(job: Job) -> dict[str, object]:
    waits = job.status is Status.QUEUED
    return {
        "tenant_listed": job.tenant,
        "listed_rank": job.id,
        "waiting_lane": job.lane if waits else None,
        "waiting_rank": rank(job) if waits else None,
        "due_shard": keys.due_shard(job.id) if job.due_ms is not None else None,
    }


def from_item(item: Mapping[str, Any]) -> Job:
    """The job that a row holds."""
    row = _plain(decode(item))
    known = {name: row[name] for name in _NAMES if name in row}
    return Job(
        **known
        | {
            "type": JobType(row["type"]),
            "status": Status(row["status"]),
            "attempts": tuple(_attempt(part) for part in row.get("attempts", ())),
            "assets": tuple(_asset(part) for part in row.get("assets", ())),
            "lease": Lease(**row["lease"]) if "lease" in row else None,
            "error": JobError(**row["error"]) if "error" in row else None,
        }
    )


def _attempt(row: dict[str, Any]) -> Attempt:
    return Attempt(**row | {"status": AttemptStatus(row["status"])})


def _asset(row: dict[str, Any]) -> Asset:
    return Asset(**row | {"video": VideoFacts(**row["video"]) if "video" in row else None})


def _plain(value: Any, name: str = "") -> Any:
    """Whole numbers become int again; amounts of money stay decimal."""
    if isinstance(value, dict):
        return {key: _plain(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal) and name not in _UNITS:
        return int(value)
    return value
