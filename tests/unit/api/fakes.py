"""Small honest stand-ins for what the use cases need."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reelwright.domain.errors import NotFound, Stale
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.tenant import Tenant, Usage
from reelwright.use_cases.ports import Admission, IdempotencyRecord, Page


class FixedClock:
    """A clock that stands still until it is set."""

    def __init__(self, now_ms: int = 1_790_000_000_000) -> None:
        self.at = now_ms

    def now_ms(self) -> int:
        return self.at


class CountedIds:
    """Ids that count up."""

    def __init__(self) -> None:
        self.made = 0

    def job(self) -> str:
        self.made += 1
        return f"job_{self.made:026d}"

    def owner(self) -> str:
        return "owner"


class MemoryJobs:
    """A table of jobs in memory, with the conditions that matter to the API."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Job, Generation]] = {}
        self.records: dict[tuple[str, str], IdempotencyRecord] = {}
        self.refusal: Exception | None = None

    def admit(self, admission: Admission) -> None:
        if self.refusal:
            raise self.refusal
        self.rows[admission.job.id] = (admission.job, admission.generation)
        if admission.idempotency:
            self.records[admission.job.tenant, admission.idempotency.key] = admission.idempotency

    def idempotent(self, tenant: str, key: str) -> IdempotencyRecord | None:
        return self.records.get((tenant, key))

    def get_with_request(self, job_id: str) -> tuple[Job, Generation]:
        if self.refusal:
            raise self.refusal
        if job_id not in self.rows:
            raise NotFound("There is no such video.")
        return self.rows[job_id]

    def settle(self, before: Job, after: Job) -> None:
        stored, asked = self.rows[before.id]
        if stored.version != before.version:
            raise Stale(before.id)
        self.rows[before.id] = (after, asked)

    def page(self, tenant: str, limit: int, before_rank: str | None) -> Page:
        mine = sorted((job.id for job, _ in self.rows.values() if job.tenant == tenant), reverse=True)
        after = [one for one in mine if before_rank is None or one < before_rank]
        following = after[limit - 1] if len(after) > limit else None
        return Page(tuple(self.rows[one] for one in after[:limit]), following)

    def change(self, job_id: str, **changes: object) -> None:
        job, asked = self.rows[job_id]
        self.rows[job_id] = (replace(job, version=job.version + 1, **changes), asked)  # type: ignore[arg-type]


@dataclass
class MemoryTenants:
    """Tenants in memory."""

    rows: dict[str, Tenant]
    months: dict[str, Usage] = field(default_factory=dict)

    def get(self, tenant_id: str) -> Tenant:
        if tenant_id not in self.rows:
            raise NotFound("There is no such tenant.")
        return self.rows[tenant_id]

    def usage(self, tenant: Tenant, month: str) -> Usage:
        return replace(self.months[tenant.id], month=month)


class NoForecasts:
    """No lane has any experience."""

    def get(self, lane_id: str, tenant_id: str, now_ms: int) -> None: ...


@dataclass
class SeenHints:
    """Remembers which lanes were woken."""

    lanes: list[str] = field(default_factory=list)

    def wake(self, lane: str, tenant: str, job_id: str | None = None, delay_seconds: int = 0) -> None:  # noqa: ARG002
        self.lanes.append(lane)


@dataclass
class SeenImages:
    """Remembers which images were stored."""

    stored: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def put(self, key: str, data: bytes, content_type: str) -> None:
        self.stored[key] = (data, content_type)


class Silence:
    """Telemetry that nobody reads."""

    def count(
        self,
        metric: str,
        value: float = 1,
        *,
        facts: Mapping[str, str] | None = None,
        dimension: tuple[str, str] | None = None,
    ) -> None: ...

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None: ...

    def job(self, job_id: str) -> None: ...

    def note(self, message: str, **facts: object) -> None: ...

    def trouble(self, message: str, **facts: object) -> None: ...


class PlainLinks:
    """Signs by writing down when the link ends."""

    def sign(self, key: str, expires_ms: int) -> str:
        return f"https://cdn.test/{key}?Expires={expires_ms}"
