"""Entity tags: the same tag means the same answer."""

from reelwright.api.links import Links
from reelwright.domain.job import Job


def etag(job: Job, links: Links) -> str:
    """A strong tag of the job's version, and of its links where it has any."""
    window = f".{links.window}" if job.assets else ""
    return f'"{job.id}.{job.version}{window}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """True when the client's `If-None-Match` names the tag, weakly compared (RFC 9110)."""
    known = [part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")]
    return tag in known or known == ["*"]
