"""Admit a job: validate, price, hold, write, hint."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reelwright.domain.catalogue import Plan, plan
from reelwright.domain.errors import IdempotencyMismatch, TenantSuspended
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import lane_id
from reelwright.domain.policy import AdmissionPolicy
from reelwright.domain.status import Status
from reelwright.domain.tenant import Tenant
from reelwright.domain.times import month
from reelwright.use_cases.ports import (
    Admission,
    Clock,
    Forecasts,
    Hints,
    IdempotencyHit,
    IdempotencyRecord,
    Ids,
    Images,
    Jobs,
    Telemetry,
    Tenants,
)


@dataclass(frozen=True, slots=True)
class InlineImage:
    """An image that came in the body: which field it was, its bytes, its media type."""

    field: str
    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class SubmitCommand:
    """A request for a video. `render` turns the admitted job into the answer that a replay repeats."""

    tenant_id: str
    generation: Generation
    fingerprint: str
    render: Callable[[Job, Generation], str]
    inline_images: tuple[InlineImage, ...] = ()
    priority: int = 0
    expires_in_seconds: int | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class SubmitResult:
    """The answer's body, the job it is about, and whether it was given before."""

    answer: str
    job_id: str
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class SubmitVideo:
    """Admits jobs."""

    jobs: Jobs
    tenants: Tenants
    hints: Hints
    images: Images
    clock: Clock
    ids: Ids
    telemetry: Telemetry
    policy: AdmissionPolicy
    account: str
    forecasts: Forecasts

    def estimate(self, generation: Generation) -> Plan:
        """What the generation would cost; nothing is created. Raises Unprocessable."""
        return plan(generation)

    def submit(self, command: SubmitCommand) -> SubmitResult:
        """Admit the job.

        Raises TenantSuspended, Unprocessable, OverBudget, TooManyRequests, IdempotencyMismatch, Conflict.
        """
        if record := self._known(command):
            return _replay(record, command)
        tenant = self._tenant(command.tenant_id)
        costed = plan(command.generation)
        job = self._admitted(command, tenant, costed)
        generation = self._stored(job.id, command, costed)
        try:
            return self._admit(command, tenant, job, generation)
        except IdempotencyHit as hit:
            return _replay(hit.record, command)

    def _known(self, command: SubmitCommand) -> IdempotencyRecord | None:
        key = command.idempotency_key
        return self.jobs.idempotent(command.tenant_id, key) if key else None

    def _tenant(self, tenant_id: str) -> Tenant:
        tenant = self.tenants.get(tenant_id)
        if tenant.suspended:
            raise TenantSuspended("This tenant is suspended; ask the operator of this deployment.")
        return tenant

    def _admitted(self, command: SubmitCommand, tenant: Tenant, costed: Plan) -> Job:
        now = self.clock.now_ms()
        wait = command.expires_in_seconds or self.policy.queue_deadline_seconds
        lane = lane_id(self.account, command.generation.model)
        told = self.forecasts.get(lane, tenant.id, now)
        return Job(
            id=self.ids.job(),
            tenant=tenant.id,
            type=command.generation.type,
            model=command.generation.model,
            lane=lane,
            status=Status.QUEUED,
            version=1,
            created_ms=now,
            updated_ms=now,
            budget_month=month(now),
            estimated=costed.units,
            held=costed.units,
            duration=command.generation.duration,
            priority=command.priority,
            expires_ms=now + wait * 1000,
            expected_ms=told.end_ms(tenant.id, now) if told else now + costed.typical_seconds * 1000,
            due_ms=now + self.policy.hint_repair_seconds * 1000,
        )

    def _stored(self, job_id: str, command: SubmitCommand, costed: Plan) -> Generation:
        """Inline images go into the bucket before the job exists: an orphan expires, a hole never heals."""
        places = {image.field: f"inputs/{job_id}/{image.field}" for image in command.inline_images}
        for image in command.inline_images:
            self.images.put(places[image.field], image.data, image.content_type)
        wish = command.generation
        return replace(
            wish,
            mode=costed.mode,
            aspect_ratio=costed.aspect_ratio,
            image=places.get("image", wish.image),
            image_tail=places.get("image_tail", wish.image_tail),
        )

    def _admit(self, command: SubmitCommand, tenant: Tenant, job: Job, generation: Generation) -> SubmitResult:
        answer = command.render(job, generation)
        self.jobs.admit(Admission(job, generation, tenant, self._record(command, job, answer)))
        self.telemetry.job(job.id)
        self.telemetry.count("Admitted", facts={"model": job.model})
        self.telemetry.count("UnitsHeld", float(job.held))
        self.hints.wake(job.lane, job.tenant, job.id)
        return SubmitResult(answer, job.id)

    def _record(self, command: SubmitCommand, job: Job, answer: str) -> IdempotencyRecord | None:
        key = command.idempotency_key
        expires = job.created_ms + self.policy.idempotency_seconds * 1000
        return IdempotencyRecord(key, command.fingerprint, job.id, answer, expires) if key else None


def _replay(record: IdempotencyRecord, command: SubmitCommand) -> SubmitResult:
    if record.fingerprint != command.fingerprint:
        raise IdempotencyMismatch("This Idempotency-Key was used with another body; send a new key.")
    return SubmitResult(record.answer, record.job_id, replayed=True)
