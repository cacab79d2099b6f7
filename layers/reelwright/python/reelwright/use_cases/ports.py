"""What the use cases need from outside. Adapters implement these; tests bring honest fakes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from reelwright.domain.asset import Asset
from reelwright.domain.fairness import Choice
from reelwright.domain.forecast import Forecast
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane
from reelwright.domain.pacing import Lesson
from reelwright.domain.task import Task
from reelwright.domain.tenant import Tenant, Usage


class Clock(Protocol):
    """Time."""

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        ...


class Ids(Protocol):
    """Identifiers that never repeat."""

    def job(self) -> str:
        """A new job id: `job_` and 26 lower-case characters that sort by time of creation."""
        ...

    def owner(self) -> str:
        """A new lease owner."""
        ...


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that waits in a lane, as the waiting index tells it (it may lag)."""

    job_id: str
    tenant: str
    rank: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a tenant's jobs, newest first, and where the next one starts."""

    jobs: tuple[tuple[Job, Generation], ...]
    next_rank: str | None


class Jobs(Protocol):
    """The table of jobs. Every write is conditional on the version that was read; the loser gets `Stale`."""

    def admit(self, admission: Admission) -> None:
        """Write job, request, hold, ledger entry, budget, rate and idempotency record, or nothing.

        Raises OverBudget, TooManyRequests, IdempotencyHit, Conflict (the same key is being served now).
        """
        ...

    def get(self, job_id: str) -> Job:
        """The job, read consistently. Raises NotFound."""
        ...

    def get_with_request(self, job_id: str) -> tuple[Job, Generation]:
        """The job and what was asked for. Raises NotFound."""
        ...

    def idempotent(self, tenant: str, key: str) -> IdempotencyRecord | None:
        """The unexpired record of an Idempotency-Key, if there is one."""
        ...

    def save(self, before: Job, after: Job) -> None:
        """Replace the job's row. Raises Stale."""
        ...

    def claim(  # noqa: PLR0913, PLR0917 - one transaction over job, lane and tenant
        self, before: Job, after: Job, lane: Lane, choice: Choice, slot_expires_ms: int, tenant: Tenant
    ) -> None:
        """Move the job to `submitting` and lease a slot, within the lane's capacity and pace and the tenant's cap.

        Raises Stale, NoFreeSlot.
        """
        ...

    def save_and_free(self, before: Job, after: Job, cool_until_ms: int | None = None) -> None:
        """Replace the row and free the slot of `before.attempt`, cooling the lane where asked. Raises Stale."""
        ...

    def settle(self, before: Job, after: Job) -> None:
        """End the job: row, hold, ledger entry, budget and (if still leased) slot in one transaction.

        What is captured is `after.captured`; the rest of the hold is released. Raises Stale.
        """
        ...

    def note_callback(self, job_id: str, attempt: int, at_ms: int) -> str | None:
        """Mark that there is news of a generating attempt; the parked task token, if there is one by now."""
        ...

    def clear_callback(self, job: Job) -> None:
        """Forget the news that `job` was read with, unless newer news came."""
        ...

    def waiting_after(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        """The best waiting jobs of the first tenant that sorts after `tenant` in the lane, a handful."""
        ...

    def waiting_of(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        """The tenant's best waiting jobs in the lane, a handful."""
        ...

    def backlog(self, lane: str) -> Iterable[Waiting]:
        """All jobs that wait in the lane, tenant by tenant, each tenant's in the order in which they are served."""
        ...

    def due(self, shard: int, now_ms: int, limit: int) -> Iterable[str]:
        """Ids of jobs whose `due_ms` has passed, most overdue first."""
        ...

    def due_holds(self, shard: int, now_ms: int, limit: int) -> Iterable[str]:
        """Ids of jobs whose hold has been open for so long that somebody should ask why."""
        ...

    def close_hold(self, job: Job) -> bool:
        """Settle the hold of a job that is over already; False when it is settled."""
        ...

    def defer(self, job_id: str, due_ms: int) -> None:
        """Let the sweep look at the job again at `due_ms`, whatever its row holds besides; nothing if it is over."""
        ...

    def defer_hold(self, job: Job, due_ms: int) -> None:
        """Ask again at `due_ms` why the hold is open."""
        ...

    def remember(self, job: Job, event: str, at_ms: int) -> None:
        """Append a line to the job's history: what was repaired or decided about it."""
        ...

    def page(self, tenant: str, limit: int, before_rank: str | None) -> Page:
        """A tenant's jobs, newest first."""
        ...


class Lanes(Protocol):
    """The lanes' rows."""

    def get(self, lane_id: str) -> Lane:
        """The lane, read consistently; one that has no row yet has the default limit and no leases."""
        ...

    def all(self) -> tuple[Lane, ...]:
        """Every lane that was ever used."""
        ...

    def free(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        """Free a slot whose lease still ends at `expires_ms`; False when it changed meanwhile."""
        ...

    def renew(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        """Lengthen a slot's lease; False when it is not leased any more."""
        ...

    def learn(self, lane_id: str, lesson: Lesson, now_ms: int) -> Lane:
        """Apply a lesson to the row, however many others do at the same time; the lane afterwards."""
        ...

    def publish(self, before: Lane, forecast: Forecast) -> bool:
        """Say what a lane allows to expect, and let its experience fade; False when a task ended meanwhile."""
        ...

    def book_wake(self, lane_id: str, at_ms: int, now_ms: int) -> bool:
        """True for the one that shall send the wake for `at_ms`; False when one is booked that comes as early."""
        ...


class Forecasts(Protocol):
    """What the lanes allow to expect."""

    def get(self, lane_id: str, tenant_id: str, now_ms: int) -> Forecast | None:
        """The lane's latest forecast (it may lag); None while there is none.

        What the tenant was admitted in the running minute counts as waiting, for the sweep has not seen it yet.
        """
        ...


class Tenants(Protocol):
    """Tenants and their ledgers."""

    def get(self, tenant_id: str) -> Tenant:
        """The tenant. Raises NotFound."""
        ...

    def usage(self, tenant: Tenant, month: str) -> Usage:
        """The ledger of a month (`yyyy-mm`, UTC)."""
        ...


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


class ResultCopier(Protocol):
    """Copies a result into the media bucket and knows that it is a playable video."""

    def copy(self, job_id: str, url: str) -> tuple[Asset, ...]:
        """The stored video and its cover. Raises CopyFailed; a half copied object never becomes an asset."""
        ...


class Images(Protocol):
    """Images that came inline with a request."""

    def put(self, key: str, data: bytes, content_type: str) -> None:
        """Store an image under `inputs/`."""
        ...


class LinkSigner(Protocol):
    """Signs links to assets."""

    def sign(self, key: str, expires_ms: int) -> str:
        """A link to the asset that works until `expires_ms`."""
        ...


class CallbackAddresses(Protocol):
    """Addresses at which a provider may call back, each a capability for one attempt."""

    def address(self, external_id: str) -> str:
        """The address for one attempt, "" where there is no public one."""
        ...

    def verify(self, capability: str) -> str | None:
        """The external id that a capability was made for, None when it was not made by us."""
        ...


class Telemetry(Protocol):
    """Metrics and logs. Names stand in `domain.metrics`; `facts` never become dimensions, and cost nothing.

    Nothing that goes in may be a prompt, a key, a token, a signed link or a callback address.
    """

    def count(
        self,
        metric: str,
        value: float = 1,
        *,
        facts: Mapping[str, str] | None = None,
        dimension: tuple[str, str] | None = None,
    ) -> None:
        """Add to a metric, and to its series for one (dimension, value), of which there must be few."""
        ...

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        """Tell one value of a metric, in its unit."""
        ...

    def job(self, job_id: str) -> None:
        """Say which job the following lines are about; "" for none."""
        ...

    def note(self, message: str, **facts: object) -> None:
        """Log an expected turn of events."""
        ...

    def trouble(self, message: str, **facts: object) -> None:
        """Log what an operator may want to look at."""
        ...
