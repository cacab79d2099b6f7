"""What an operator looks at: rows of the ledger, executions, dead letters, Kling's own books."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Event:
    """A line of a history: when (epoch milliseconds) and what."""

    at_ms: int
    what: str


@dataclass(frozen=True, slots=True)
class Execution:
    """An execution of the state machine, with its latest events, oldest first."""

    name: str
    status: str
    started_ms: int
    stopped_ms: int | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that could not be handled; `handle` is good for a short time and for one reader."""

    id: str
    queue: str
    sent_ms: int
    received: int
    body: str = field(repr=False)
    handle: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pack:
    """A resource pack of a Kling account, in units; what is left lags by up to twelve hours."""

    name: str
    kind: str
    total: Decimal
    left: Decimal
    status: str
    invalid_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Deduction:
    """A row of Kling's own ledger: units taken for a task. `at_ms` is None where the row's time cannot be read."""

    task_id: str
    units: Decimal
    at_ms: int | None
    model: str = ""


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


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who did what and when. `arguments` never hold a secret."""

    id: str
    at_ms: int
    who: str
    command: str
    arguments: Mapping[str, str]
    outcome: str = "begun"
