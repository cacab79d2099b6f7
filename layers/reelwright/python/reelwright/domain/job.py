"""A job: one generation asked for by a tenant."""

from dataclasses import dataclass
from decimal import Decimal

from reelwright.domain.asset import Asset
from reelwright.domain.attempt import Attempt, AttemptStatus
from reelwright.domain.generation import JobType
from reelwright.domain.lane import account_of
from reelwright.domain.status import Status


@dataclass(frozen=True, slots=True)
class JobError:
    """Why a job ended badly: our stable code, a sentence, and the provider's own code and request id."""

    code: str
    message: str
    retryable: bool = False
    provider_code: str = ""
    provider_request_id: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """Who works on the job now and until when (epoch milliseconds); it lapses by itself."""

    owner: str
    expires_ms: int


@dataclass(frozen=True, slots=True)
class Job:
    """A job's hot state, one row of the table. Times are epoch milliseconds, credits are video units.

    `version` counts writes; `due_ms` is when the sweep must look at it; `deadline_ms` is when a task that
    Kling never ended counts as lost; `callback_ms` marks news that nobody has looked up yet.
    """

    id: str
    tenant: str
    type: JobType
    model: str
    lane: str
    status: Status
    version: int
    created_ms: int
    updated_ms: int
    budget_month: str
    estimated: Decimal
    duration: int
    priority: int = 0
    held: Decimal = Decimal(0)
    captured: Decimal | None = None
    expires_ms: int | None = None
    expected_ms: int | None = None
    due_ms: int | None = None
    deadline_ms: int | None = None
    finished_ms: int | None = None
    callback_ms: int | None = None
    task_token: str | None = None
    executions: int = 0
    copy_failures: int = 0
    lease: Lease | None = None
    attempts: tuple[Attempt, ...] = ()
    assets: tuple[Asset, ...] = ()
    error: JobError | None = None

    @property
    def attempt(self) -> Attempt:
        """The latest attempt; IndexError while none was made."""
        return self.attempts[-1]

    def attempt_ref(self) -> tuple[str, str, str, str]:
        """How the provider is asked for the latest attempt: type, model, task id or external id, account."""
        attempt = self.attempt
        return self.type, self.model, attempt.task_id or attempt.external_id, account_of(attempt.lane)

    @property
    def ran_ms(self) -> int | None:
        """How long the latest attempt took at the provider; None unless it succeeded there."""
        attempt = self.attempts[-1] if self.attempts else None
        if attempt is None or attempt.status is not AttemptStatus.SUCCEEDED:
            return None
        return attempt.ended_ms - attempt.accepted_ms if attempt.ended_ms and attempt.accepted_ms else None

    def leased(self, now_ms: int) -> bool:
        """True while somebody's lease on the job has not lapsed."""
        return self.lease is not None and self.lease.expires_ms > now_ms

    def expired(self, now_ms: int) -> bool:
        """True when the job's time to wait in the queue is over."""
        return self.expires_ms is not None and self.expires_ms <= now_ms

    def overdue(self, now_ms: int) -> bool:
        """True when the time in which its task must end, or its result be copied, is over."""
        return self.deadline_ms is not None and self.deadline_ms <= now_ms
