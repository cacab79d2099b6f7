"""The rows of the table, kind by kind, and the hooks that watch them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from reelwright.domain.errors import Stale
from reelwright.domain.event import Event
from reelwright.domain.forecast import Forecast
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import Lessons, Recent, Slot
from reelwright.domain.status import Status
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ports import IdempotencyRecord
from tests.simulation.memory.index import LaggingView


@dataclass(slots=True)
class LaneRow:
    slots: dict[str, Slot] = field(default_factory=dict)
    running: dict[str, int] = field(default_factory=dict)
    cool_until_ms: int = 0
    paused: bool = False
    turn: str = ""
    deficits: dict[str, int] = field(default_factory=dict)
    tat_ms: int = 0
    lessons: Lessons = field(default_factory=Lessons)
    slot_limit: int | None = None
    requests_per_minute: int | None = None
    wake_ms: int | None = None
    recent: Recent = field(default_factory=Recent)
    forecast: Forecast | None = None


@dataclass(slots=True)
class BudgetRow:
    available: Decimal
    held: Decimal
    captured: Decimal
    budget: Decimal


@dataclass(slots=True)
class HoldRow:
    units: Decimal
    month: str
    opened_ms: int
    due_ms: int | None
    state: str = "open"
    captured: Decimal | None = None
    closed_ms: int | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    job: str
    operation: str
    units: Decimal
    at_ms: int
    released: Decimal | None = None
    estimated: Decimal | None = None


def _nothing() -> None:
    return None


def _unwatched(before: Job | None, after: Job) -> None:
    del before, after


@dataclass(slots=True)
class Rows:
    """All rows. `committed` hears of each write of a job; `between` is called where DynamoDB needs two calls."""

    jobs: dict[str, Job] = field(default_factory=dict)
    requests: dict[str, Generation] = field(default_factory=dict)
    history: dict[tuple[str, int, int], tuple[str, int, Status]] = field(default_factory=dict)
    budgets: dict[tuple[str, str], BudgetRow] = field(default_factory=dict)
    holds: dict[tuple[str, str], HoldRow] = field(default_factory=dict)
    outbox: dict[str, Event] = field(default_factory=dict)
    entries: dict[tuple[str, str, str, str], EntryRow] = field(default_factory=dict)
    rates: dict[tuple[str, int], int] = field(default_factory=dict)
    idempotency: dict[tuple[str, str], IdempotencyRecord] = field(default_factory=dict)
    tenants: dict[str, Tenant] = field(default_factory=dict)
    lanes: dict[str, LaneRow] = field(default_factory=dict)
    view: LaggingView = field(default_factory=LaggingView)
    between: Callable[[], None] = _nothing
    committed: Callable[[Job | None, Job], None] = _unwatched

    def expect(self, before: Job) -> None:
        """The condition of every write to a job's row. Raises Stale."""
        row = self.jobs.get(before.id)
        if row is None or row.version != before.version or row.status is not before.status:
            raise Stale(before.id)

    def write(self, after: Job) -> None:
        """Replace a job's row; call it last in a transaction, for the watcher looks at all rows then."""
        before = self.jobs.get(after.id)
        self.jobs[after.id] = after
        self.view.note(after)
        self.committed(before, after)
