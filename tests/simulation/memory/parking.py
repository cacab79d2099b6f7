"""The state machine's own write: park a task token in the job's row."""

from dataclasses import replace

from reelwright.domain.status import Status
from tests.simulation.memory.rows import Rows


def park(rows: Rows, job_id: str, attempt: int, token: str) -> bool:
    """Whether the condition of the definition's `updateItem` held."""
    job = rows.jobs.get(job_id)
    if (
        job is None
        or job.status is not Status.GENERATING
        or len(job.attempts) != attempt
        or job.callback_ms is not None
    ):
        return False
    rows.write(replace(job, task_token=token, version=job.version + 1))
    return True
