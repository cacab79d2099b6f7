"""The table, and the record of what operators did."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from reelwright.domain.job import Job
from reelwright.use_cases.ops.books import Books, Entry, Hold, Paid
from reelwright.use_cases.ops.records import AuditRecord, Event


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

    def open_holds(self, tenant_id: str) -> tuple[str, ...]:
        """The jobs whose holds are open, as they are at this moment."""
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


class Audit(Protocol):
    """The record of what operators did."""

    def write(self, record: AuditRecord) -> None:
        """Write the record, or its later outcome."""
        ...

    def recent(self, limit: int) -> tuple[AuditRecord, ...]:
        """The latest records, newest first."""
        ...
