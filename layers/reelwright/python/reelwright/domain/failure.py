"""What a failed task means. Kling gives no machine code for it, only a text."""

from typing import Final

from reelwright.domain.job import JobError
from reelwright.domain.task import Task

LOST: Final = JobError("provider_lost", "Kling did not tell an end of the task in time; the hold was released.")
"""The end of a job whose task never ended as far as Kling told."""

UNDELIVERED: Final = JobError(
    "delivery_failed", "Kling made the video and charged for it, but its file could not be copied.", retryable=False
)

RISK_CONTROL: Final = ("risk control", "sensitive", "content safety", "policy")
"""Words of Kling's moderation after submission; a re-run sometimes passes (Kling API contract, error codes)."""

BAD_INPUT: Final = ("image pixel", "aspect", "resolution", "invalid")
"""Words by which Kling complains of an input that will not get better."""


def may_rerun(message: str) -> bool:
    """True when another attempt has a chance: moderation is inconsistent, faults inside Kling pass."""
    return _says(message, RISK_CONTROL) or not _says(message, BAD_INPUT)


def told(task: Task) -> JobError:
    """The job's error for a failed task."""
    code = "generation_failed"
    if _says(task.message, RISK_CONTROL):
        code = "content_refused"
    elif _says(task.message, BAD_INPUT):
        code = "input_refused"
    message = task.message or "Kling ended the task without a result and without a reason."
    return JobError(code, message, retryable=code != "input_refused", provider_request_id=task.request_id)


def _says(message: str, words: tuple[str, ...]) -> bool:
    lower = message.lower()
    return any(word in lower for word in words)
