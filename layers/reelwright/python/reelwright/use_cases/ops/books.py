"""What our books say: the ledger, the holds, the totals, and what a job cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reelwright.domain.job import Job


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger entry. `operation` is `hold`, `capture` or `release`; amounts are video units."""

    tenant: str
    month: str
    job: str
    operation: str
    units: Decimal
    at_ms: int
    released: Decimal = Decimal(0)
    estimated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold's row: `state` is `open` or `closed`, `captured` is there once it is closed."""

    job: str
    month: str
    units: Decimal
    state: str
    captured: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """The running totals of a tenant's month."""

    budget: Decimal
    available: Decimal
    held: Decimal
    captured: Decimal


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that the table says about a tenant's month, read while nothing of it moved."""

    tenant: str
    month: str
    balance: Balance | None
    entries: tuple[Entry, ...]
    holds: Mapping[str, Hold]
    jobs: Mapping[str, Job]
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Paid:
    """What our books say that a job cost: the tasks of its attempts at Kling, and the units captured for them.

    It outlives the job's own row when a tenant is erased; nothing of it tells what was asked for.
    """

    job: str
    tenant: str
    month: str
    tasks: frozenset[str]
    captured: Decimal
    over: bool = True

    @classmethod
    def of(cls, job: Job) -> "Paid":
        """The same, read from the job's row."""
        tasks = frozenset(attempt.task_id for attempt in job.attempts if attempt.task_id)
        captured = job.captured if job.captured is not None else Decimal(0)
        return cls(job.id, job.tenant, job.budget_month, tasks, captured, job.status.terminal)
