"""Who makes the videos."""

from dataclasses import dataclass
from typing import Protocol

from reelwright.domain.generation import Generation
from reelwright.domain.task import Task


@dataclass(frozen=True, slots=True)
class Submission:
    """What is sent to a provider: the generation, its external id, where to call back ("" = nowhere), which account."""

    generation: Generation
    external_id: str
    callback_url: str
    account: str = "main"


class Provider(Protocol):
    """A video provider. Raises the leaves of `domain.provider_errors`, nothing else."""

    def submit(self, submission: Submission) -> Task:
        """Create the task: exactly one HTTP request that may create (plus one re-sign on a refused token).

        Raises Refused, OverCapacity, RateLimited, AccountBlocked, Unreachable, OutcomeUnknown, AlreadyExists.
        """
        ...

    def look_up(self, generation_type: str, model: str, ref: str, account: str = "main") -> Task | None:
        """The truth about an account's task by its task id or external id; None when there is no such task.

        Raises LookUpFailed, AccountBlocked.
        """
        ...
