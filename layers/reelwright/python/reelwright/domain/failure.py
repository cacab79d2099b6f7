"""How a job can fail, and what is told of it. For a failed task Kling gives no machine code, only a text."""

from typing import Final

from reelwright.domain.job import JobError
from reelwright.domain.provider_errors import Refused
from reelwright.domain.task import Task

LOST: Final = JobError("provider_lost", "Kling did not tell an end of the task in time; the hold was released.")
"""The end of a job whose task never ended as far as Kling told."""

NEVER_KNOWN: Final = JobError(
    "provider_lost", "It never became known whether Kling accepted the task; the hold was released."
)
"""The end of a job whose create stayed without an answer, and whose look-ups did, too."""

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


def refused(error: Refused) -> JobError:
    """The job's error for a create that Kling will not take."""
    code = "content_refused" if error.moderation else "input_refused"
    return JobError(
        code, error.message, retryable=False, provider_code=error.code, provider_request_id=error.request_id
    )


def _says(message: str, words: tuple[str, ...]) -> bool:
    lower = message.lower()
    return any(word in lower for word in words)
