"""What admitting a job writes, and what a repeated request meets."""

from dataclasses import dataclass

from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.tenant import Tenant


@dataclass(frozen=True, slots=True)
class IdempotencyRecord:
    """The first answer to a keyed request: the fingerprint of its body and the job it made."""

    key: str
    fingerprint: str
    job_id: str
    answer: str
    expires_ms: int


@dataclass(frozen=True, slots=True)
class Admission:
    """Everything that admitting a job writes, in one transaction."""

    job: Job
    generation: Generation
    tenant: Tenant
    idempotency: IdempotencyRecord | None


class IdempotencyHit(Exception):
    """The key was used before; `record` tells what was answered then."""

    def __init__(self, record: IdempotencyRecord) -> None:
        super().__init__(record.key)
        self.record = record
