"""Hints, executions and callbacks: whatever wakes somebody."""

from typing import Protocol

from reelwright.domain.job import Job


class Hints(Protocol):
    """Messages that say "this lane has work"; any of them may be lost."""

    def wake(self, lane: str, tenant: str, job_id: str | None = None, delay_seconds: int = 0) -> None:
        """Send one hint, grouped by tenant, to arrive after 0-900 s. A hint that cannot be sent is lost, not raised."""
        ...


class Workflows(Protocol):
    """The state machine's executions, one an attempt."""

    def start(self, job: Job) -> bool:
        """Start execution number `job.executions` of the attempt; True also when it exists already."""
        ...

    def running(self, job: Job) -> bool:
        """True while the execution of the job's attempt runs."""
        ...

    def resume(self, task_token: str) -> None:
        """Hand the token back; one that is no longer awaited is fine."""
        ...


class CallbackAddresses(Protocol):
    """Addresses at which a provider may call back, each a capability for one attempt."""

    def address(self, external_id: str) -> str:
        """The address for one attempt, "" where there is no public one."""
        ...

    def verify(self, capability: str) -> str | None:
        """The external id that a capability was made for, None when it was not made by us."""
        ...
