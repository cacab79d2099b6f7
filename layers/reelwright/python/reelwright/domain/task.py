"""The provider's truth about one task."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class TaskStatus(StrEnum):
    """A task's state; whatever word the provider invents besides these counts as still processing."""

    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Task:
    """A task as the provider's look-up tells it.

    `deduction` is what the provider really charged, in video units, or None where it does not say.
    `results` are addresses that expire.
    """

    task_id: str
    external_id: str
    status: TaskStatus
    message: str = ""
    results: tuple[str, ...] = ()
    deduction: Decimal | None = None
    updated_ms: int = 0
    request_id: str = ""
