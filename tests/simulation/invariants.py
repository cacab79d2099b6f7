"""What must hold after every single event, checked on each write and on each task that Kling creates."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from reelwright.domain.job import Job
from reelwright.domain.status import Status
from reelwright.domain.task import TaskStatus
from tests.simulation.functions import Deployment
from tests.simulation.kling import Made

LIVE = frozenset({Status.SUBMITTING, Status.GENERATING})
PAID = frozenset({"", "delivery_failed"})
"""Errors of jobs that cost what Kling deducted."""
UNPAID = frozenset({Status.CANCELED, Status.EXPIRED})
NEXT = {
    Status.QUEUED: {Status.QUEUED, Status.SUBMITTING, Status.CANCELED, Status.EXPIRED},
    Status.SUBMITTING: {Status.SUBMITTING, Status.QUEUED, Status.GENERATING, Status.FAILED},
    Status.GENERATING: {Status.GENERATING, Status.QUEUED, Status.FINALIZING, Status.FAILED},
    Status.FINALIZING: {Status.FINALIZING, Status.SUCCEEDED, Status.FAILED},
}
"""The checker's own copy of the moves: a mistake in the library's table does not excuse itself."""


class Invariants:
    """Listens to the store and to Kling; `violations` fills up, nothing is raised into the code under test."""

    def __init__(self, deployment: Deployment) -> None:
        self._all = deployment
        self._rows, self._kling = deployment.rows, deployment.kling
        self.violations: list[str] = []
        self._rows.committed = self.committed
        deployment.machine.spinning = lambda name: self.hold(claim=False, told=f"{name} goes round in circles")
        self._kling.listen(self._also(deployment.courier.changed))

    def hold(self, claim: bool, told: str) -> None:  # noqa: FBT001 - a claim is what it is about
        """Note a violation unless the claim is true."""
        if not claim:
            self.violations.append(told)
            self._all.world.note("VIOLATION", told)

    def committed(self, before: Job | None, after: Job) -> None:
        """A job's row was written. The sweep's next look and what it expects leave the version as it is."""
        told = before and replace(before, due_ms=after.due_ms, expected_ms=after.expected_ms)
        if before is not None and told != after:
            may = after.status in NEXT.get(before.status, set())
            self.hold(may, f"I4 {after.id}: {before.status} -> {after.status}")
            self.hold(
                after.version == before.version + 1, f"I4 {after.id}: version {before.version} -> {after.version}"
            )
        self._attempts(before, after)
        self._money(after)
        if before is None:
            row = self._rows.budgets[after.tenant, after.budget_month]
            self.hold(row.available >= 0, f"I3 {after.id}: admitted over budget, {row}")
        if after.status.terminal:
            self._ended(after)

    def always(self) -> None:
        """Whatever happened last: slots are exactly what is running."""
        live = {job.attempt.external_id: job.tenant for job in self._rows.jobs.values() if job.status in LIVE}
        leased = {name: slot.tenant for row in self._rows.lanes.values() for name, slot in row.slots.items()}
        self.hold(live == leased, f"I5 leases {sorted(leased)} but live {sorted(live)}")
        for row in self._rows.lanes.values():
            counted = {tenant: count for tenant, count in row.running.items() if count}
            tenants = [slot.tenant for slot in row.slots.values()]
            self.hold(
                counted == {one: tenants.count(one) for one in tenants}, f"I5 counted {counted}, leased {tenants}"
            )
            self.hold(len(row.slots) <= self._all.size.slots, f"I5 {len(row.slots)} slots leased")
            for one in set(tenants):
                cap = self._rows.tenants[one].max_concurrent
                self.hold(tenants.count(one) <= cap, f"I5 {one} has {tenants.count(one)} of its {cap} slots in a lane")

    def _attempts(self, before: Job | None, after: Job) -> None:
        kept = before is None or [one.external_id for one in before.attempts] == [
            one.external_id for one in after.attempts[: len(before.attempts)]
        ]
        self.hold(kept, f"I2 {after.id}: an attempt was forgotten")
        self.hold(len(after.attempts) <= self._all.size.max_attempts, f"I2 {after.id}: {len(after.attempts)} attempts")

    def _money(self, job: Job) -> None:
        rows = self._rows
        mine = [one for one in rows.jobs.values() if one.tenant == job.tenant and one.budget_month == job.budget_month]
        row = rows.budgets[job.tenant, job.budget_month]
        held, captured = (
            sum((one.held for one in mine), Decimal(0)),
            sum((one.captured or 0 for one in mine), Decimal(0)),
        )
        entries = [entry for key, entry in rows.entries.items() if key[:2] == (job.tenant, job.budget_month)]
        booked = sum((entry.units for entry in entries if entry.operation == "capture"), Decimal(0))
        self.hold((row.held, row.captured) == (held, captured), f"I3 {job.tenant}: row {row}, jobs {held} {captured}")
        self.hold(row.available == row.budget - held - captured, f"I3 {job.tenant}: available {row.available}")
        self.hold(booked == captured, f"I3 {job.tenant}: entries {booked}, captured {captured}")
        hold = rows.holds[job.tenant, job.id]
        self.hold((hold.state == "open") != job.status.terminal, f"I3 {job.id}: {job.status}, hold {hold.state}")

    def _ended(self, job: Job) -> None:
        made = self._kling.of_job(job.id)
        code = job.error.code if job.error else ""
        if job.status is Status.SUCCEEDED or code == "delivery_failed":
            charged = sum((one.charged for one in made), Decimal(0))
            self.hold(job.captured == charged, f"I2 {job.id}: Kling took {charged}, captured {job.captured}")
        if job.status is Status.SUCCEEDED:
            self._bytes(job)
        if job.status in UNPAID or code in {"content_refused", "input_refused", "generation_failed"}:
            running = [one.task_id for one in made if one.status is not TaskStatus.FAILED]
            self.hold(not running, f"I2 {job.id} is {job.status} {code}, but Kling has {running}")
        if code == "provider_lost":
            waited = job.updated_ms - (job.attempt.accepted_ms or job.attempt.claimed_ms)
            patient = waited >= self._all.policy.provider_deadline_seconds * 1000 - 600_000
            self.hold(patient, f"I2 {job.id} given up after {waited} ms")

    def _bytes(self, job: Job) -> None:
        made = self._kling.of(job.attempt.external_id)
        stored = [self._all.copier.objects.get(asset.key) for asset in job.assets]
        self.hold(bool(stored) and stored == [one.content for one in made], f"I6 {job.id}: {stored}")

    def _also(self, told: Callable[[Made], None]) -> Callable[[Made], None]:
        def changed(made: Made) -> None:
            self._created(made)
            told(made)

        return changed

    def _created(self, made: Made) -> None:
        job_id, _, number = made.external_id.rpartition("-")
        job, twins = self._rows.jobs.get(job_id), self._kling.of(made.external_id)
        self.hold(len(twins) == 1, f"I2 {made.external_id}: {len(twins)} tasks at Kling")
        if job is None or len(job.attempts) < int(number):
            return self.hold(claim=False, told=f"I2 {made.external_id}: at Kling, but in no row")
        lost = bool(job.error and job.error.code == "provider_lost")
        if made.status is TaskStatus.PROCESSING:
            self.hold(not job.status.terminal or lost, f"I2 {made.external_id}: created, but {job.status}")
        older = [one for one in self._kling.of_job(job_id) if one.external_id != made.external_id]
        alive = [one.task_id for one in older if one.status is not TaskStatus.FAILED]
        return self.hold(not alive, f"I2 {made.external_id}: another attempt {alive} still counts")
