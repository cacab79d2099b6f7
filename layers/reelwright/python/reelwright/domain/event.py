"""What has happened, told to others: thin facts, each under one id that never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from reelwright.domain.job import Job
from reelwright.domain.money import plain
from reelwright.domain.status import Status

SCHEMA_VERSION: Final = 1
"""Grows only when a field changes its meaning or goes; new fields may come at any time."""


class EventType(StrEnum):
    """The types under the names that webhooks use."""

    SUCCEEDED = "video.succeeded"
    FAILED = "video.failed"
    CANCELED = "video.canceled"
    EXPIRED = "video.expired"
    TEST = "webhook.test"
    ENDPOINT_DISABLED = "webhook.endpoint_disabled"

    @property
    def detail_type(self) -> str:
        """The same type in the manner of EventBridge: `VideoSucceeded`."""
        return "".join(word.capitalize() for word in self.replace(".", "_").split("_"))


OF_VIDEOS: Final = (EventType.SUCCEEDED, EventType.FAILED, EventType.CANCELED, EventType.EXPIRED)
"""What an endpoint may ask for. A test goes to its endpoint alone, and a notice about an endpoint never through one."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. `data` holds what the type promises, and never a prompt, a link, a key or an address."""

    id: str
    type: EventType
    tenant: str
    at_ms: int
    data: Mapping[str, str]


def of_job(job: Job) -> Event:
    """The event of a job that is over. Its id follows from job and status, so that doubles are known as such."""
    data = {"id": job.id, "status": str(job.status), "model": job.model, "units": plain(job.captured or Decimal(0))}
    if job.error is not None:
        data["error"] = job.error.code
    at_ms = job.finished_ms if job.finished_ms is not None else job.updated_ms
    return Event(f"evt_{job.id.removeprefix('job_')}_{job.status}", _BY_STATUS[job.status], job.tenant, at_ms, data)


_BY_STATUS: Final = {
    Status.SUCCEEDED: EventType.SUCCEEDED,
    Status.FAILED: EventType.FAILED,
    Status.CANCELED: EventType.CANCELED,
    Status.EXPIRED: EventType.EXPIRED,
}
