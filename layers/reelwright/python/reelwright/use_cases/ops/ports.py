"""What operators' use cases need from outside, beyond `use_cases.ports`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from reelwright.domain.job import Job
from reelwright.domain.tenant import ApiKey, Tenant
from reelwright.use_cases.ops.records import (
    AuditRecord,
    Books,
    DeadLetter,
    Deduction,
    Entry,
    Event,
    Execution,
    Hold,
    Pack,
    Paid,
)


class TenantDesk(Protocol):
    """Tenants and their API keys, to be listed and changed."""

    def all(self) -> tuple[Tenant, ...]:
        """Every tenant, by id."""
        ...

    def get(self, tenant_id: str) -> Tenant:
        """One tenant. Raises NotFound."""
        ...

    def create(self, tenant: Tenant) -> None:
        """Write a tenant that is not there yet. Raises Conflict."""
        ...

    def change(self, tenant_id: str, fields: Mapping[str, object]) -> None:
        """Set fields of an existing tenant. Raises NotFound."""
        ...

    def keys(self, tenant_id: str) -> tuple[ApiKey, ...]:
        """The tenant's API keys, revoked and expired ones included."""
        ...

    def put_api_key(self, key_hash: str, key: ApiKey) -> None:
        """Store what the key with this SHA-256 may do."""
        ...

    def replace(self, old: ApiKey, key_hash: str, key: ApiKey) -> None:
        """Store a key and the older one's new end, both or neither. Raises Conflict when that was replaced before."""
        ...

    def revoke(self, tenant_id: str, key_id: str) -> None:
        """Revoke a key for ever. Raises NotFound."""
        ...


class LaneDesk(Protocol):
    """What an operator sets about a lane."""

    def set(self, lane_id: str, fields: Mapping[str, object | None]) -> None:
        """Set `slot_limit`, `requests_per_minute`, `paused`, `paused_by`; None goes back to the stage's default."""
        ...

    def paused_by(self, lane_id: str) -> str:
        """What paused the lane: `lane`, `all`, or "" when it is not paused."""
        ...

    def forget(self, lane_id: str, now_ms: int) -> None:
        """Forget what the lane has learnt: breaker, working limit, pace."""
        ...


class Records(Protocol):
    """The table, read as a whole."""

    def books(self, tenant_id: str, month: str) -> Books:
        """A month of a tenant (`yyyy-mm`). Raises Unsettled when money moves during every one of several readings."""
        ...

    def entries(self, tenant_id: str, month: str) -> Iterator[Entry]:
        """The ledger entries of a month."""
        ...

    def entries_of(self, tenant_id: str, month: str, job_id: str) -> tuple[Entry, ...]:
        """The ledger entries of one job, oldest first."""
        ...

    def hold(self, tenant_id: str, job_id: str) -> Hold | None:
        """The hold of one job."""
        ...

    def erased(self, tenant_id: str) -> bool:
        """True for a tenant whose jobs and media were erased."""
        ...

    def buried(self, tenant_id: str) -> tuple[Paid, ...]:
        """What was kept of the tenant's erased jobs."""
        ...

    def history(self, job_id: str) -> tuple[Event, ...]:
        """What was repaired or decided about a job, oldest first."""
        ...

    def jobs(self, job_ids: Iterable[str]) -> tuple[Job, ...]:
        """Those of the jobs that exist, read consistently."""
        ...


class Executions(Protocol):
    """The state machine, looked at."""

    def of(self, job: Job) -> tuple[Execution, ...]:
        """Every execution of the job that is still remembered, oldest first."""
        ...


class DeadLetters(Protocol):
    """The dead-letter queues, by the short names `hints`, `sweep`, `deliveries` and `announce`."""

    def look(self, limit: int) -> tuple[DeadLetter, ...]:
        """Up to `limit` letters of each queue; each is hidden from other readers until `put_back`."""
        ...

    def put_back(self, letters: Iterable[DeadLetter]) -> None:
        """Show letters to others again at once."""
        ...

    def redrive(self, letter: DeadLetter, group: str) -> None:
        """Send the letter to the queue it came from, in the message group, then take it away."""
        ...

    def drop(self, letter: DeadLetter) -> None:
        """Take the letter away for good."""
        ...


class Billing(Protocol):
    """Kling's books of one account. Raises the leaves of `domain.provider_errors`."""

    def packs(self, start_ms: int, end_ms: int) -> tuple[Pack, ...]:
        """The resource packs that were valid in the time."""
        ...

    def deductions(self, start_ms: int, end_ms: int) -> Iterator[Deduction]:
        """The ledger's rows of the time, oldest first."""
        ...


class SecretDesk(Protocol):
    """One secret, to be rewritten."""

    def read(self) -> dict[str, object]:
        """All its fields."""
        ...

    def write(self, fields: Mapping[str, object]) -> None:
        """Replace all its fields."""
        ...


class Eraser(Protocol):
    """Deletes what a tenant left."""

    def bury(self, paid: Paid) -> None:
        """Keep what a job cost beyond the end of its row, without a word of what it was."""
        ...

    def media(self, job_id: str) -> int:
        """Delete every object of the job; how many there were. Raises OSError."""
        ...

    def rows(self, job_id: str) -> int:
        """Delete the job's rows; how many there were."""
        ...

    def endpoints(self, tenant_id: str) -> tuple[str, ...]:
        """The ids of the tenant's webhook endpoints."""
        ...

    def endpoint(self, tenant_id: str, endpoint_id: str) -> int:
        """Delete a webhook endpoint with its deliveries; how many rows there were."""
        ...

    def idempotency(self, tenant_id: str) -> int:
        """Delete the tenant's idempotency records; how many there were."""
        ...

    def listed(self, tenant_id: str) -> Iterator[str]:
        """The ids of all of the tenant's jobs."""
        ...


class Audit(Protocol):
    """The record of what operators did."""

    def write(self, record: AuditRecord) -> None:
        """Write the record, or its later outcome."""
        ...

    def recent(self, limit: int) -> tuple[AuditRecord, ...]:
        """The latest records, newest first."""
        ...
