"""The state machine, looked at."""

from typing import Protocol

from reelwright.domain.job import Job
from reelwright.use_cases.ops.records import Execution


class Executions(Protocol):
    """The state machine, looked at."""

    def of(self, job: Job) -> tuple[Execution, ...]:
        """Every execution of the job that is still remembered, oldest first."""
        ...
