"""A callback is a hint: mark the news, wake the workflow, believe nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reelwright.domain.errors import NotFound
from reelwright.use_cases.ports import CallbackAddresses, Clock, Jobs, Telemetry, Workflows

Claim = Callable[[Mapping[str, str], bytes], bool]
"""(headers, body) → does the callback claim an end? Raises NotFound when a signature is due and wrong."""


@dataclass(frozen=True, slots=True)
class ReceiveCallback:
    """Takes Kling's callbacks. News of a running task costs no write at all."""

    jobs: Jobs
    workflows: Workflows
    addresses: CallbackAddresses
    clock: Clock
    telemetry: Telemetry
    claims_end: Claim

    def receive(self, capability: str, headers: Mapping[str, str], body: bytes) -> bool:
        """True when the workflow was woken. Raises NotFound for an address that we did not make."""
        external_id = self.addresses.verify(capability)
        if external_id is None:
            self.telemetry.count("CallbackForged")
            raise NotFound("Not found.")
        job_id, _, number = external_id.rpartition("-")
        self.telemetry.job(job_id)
        if not self.claims_end(headers, body):
            return False
        self.telemetry.count("CallbackReceived")
        token = self.jobs.note_callback(job_id, int(number), self.clock.now_ms())
        if token:
            self.workflows.resume(token)
        return token is not None
