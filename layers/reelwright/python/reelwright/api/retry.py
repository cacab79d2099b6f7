"""When a client that polls should look again."""

from typing import Final

from reelwright.domain.job import Job

SOONEST: Final = 2
LATEST: Final = 30
OVERDUE: Final = 5


def retry_after(job: Job, now_ms: int) -> dict[str, str]:
    """`Retry-After` in seconds from the expected end; no header when nothing will change any more."""
    if job.status.terminal:
        return {}
    left = ((job.expected_ms or now_ms) - now_ms) // 1000
    seconds = OVERDUE if left <= 0 else min(LATEST, max(SOONEST, left))
    return {"Retry-After": str(seconds)}
