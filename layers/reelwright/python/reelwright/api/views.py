"""A job and its parts as clients see them."""

from decimal import Decimal

from reelwright.api.links import Links
from reelwright.domain.asset import Asset
from reelwright.domain.attempt import Attempt
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job, JobError
from reelwright.domain.money import Cost, plain
from reelwright.domain.tenant import Usage
from reelwright.domain.times import iso

View = dict[str, object]


def video(job: Job, asked: Generation, links: Links | None = None) -> View:
    """A job; without `links` its assets carry none (lists: ask for the video itself)."""
    return {
        "id": job.id,
        "type": str(job.type),
        "model": job.model,
        "status": str(job.status),
        "created_at": iso(job.created_ms),
        "updated_at": iso(job.updated_ms),
        "finished_at": _time(job.finished_ms),
        "expected_at": _time(job.expected_ms),
        "cost": {"estimated": money(job.estimated), "held": money(job.held), "captured": _money(job.captured)},
        "assets": [_asset(asset, links) for asset in job.assets],
        "error": _error(job.error) if job.error else None,
        "attempts": [_attempt(attempt) for attempt in job.attempts],
        "metadata": dict(asked.metadata),
    }


def usage(month: Usage) -> View:
    """A month's ledger."""
    amounts = {name: money(getattr(month, name)) for name in ("budget", "held", "captured", "left")}
    return {"month": month.month, **amounts}


def money(units: Decimal) -> dict[str, str]:
    """An amount in video units and in dollars, as decimal strings."""
    return Cost(units).as_strings()


def _money(units: Decimal | None) -> dict[str, str] | None:
    return None if units is None else money(units)


def _time(at_ms: int | None) -> str | None:
    return None if at_ms is None else iso(at_ms)


def _asset(asset: Asset, links: Links | None) -> View:
    facts = asset.video
    return {
        "kind": asset.kind,
        "url": links.sign(asset.key) if links else None,
        "expires_at": iso(links.expires_ms) if links else None,
        "content_type": asset.content_type,
        "size": asset.size,
        "sha256": asset.sha256,
        "video": None
        if facts is None
        else {
            "codec": facts.codec,
            "width": facts.width,
            "height": facts.height,
            "duration": plain(Decimal(facts.duration_ms) / 1000),
            "frames": facts.frames,
        },
    }


def _error(error: JobError) -> View:
    provider = {"code": error.provider_code, "request_id": error.provider_request_id}
    return {"code": error.code, "message": error.message, "retryable": error.retryable, "provider": provider}


def _attempt(attempt: Attempt) -> View:
    return {
        "number": attempt.number,
        "provider": "kling",
        "status": str(attempt.status),
        "started_at": iso(attempt.claimed_ms),
        "accepted_at": _time(attempt.accepted_ms),
        "ended_at": _time(attempt.ended_ms),
        "task_id": attempt.task_id,
        "request_id": attempt.request_id,
        "charged": _money(attempt.deduction),
    }
