"""Erase a tenant: its prompts, its media, its keys, its webhooks.

What stays is the ledger, which holds amounts and job ids only, and the ids of the tasks at Kling, so that Kling's own
ledger can still be told from somebody else's.
"""

from dataclasses import dataclass

from reelwright.domain.errors import Conflict
from reelwright.domain.job import Job
from reelwright.use_cases.ops.books import Paid
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import Eraser, Records, TenantDesk
from reelwright.use_cases.ports import Clock


@dataclass(frozen=True, slots=True)
class EraseTenant:
    """In an order that can be interrupted anywhere and begun again."""

    desk: TenantDesk
    records: Records
    eraser: Eraser
    clock: Clock

    def erase(self, tenant_id: str, hand: Hand) -> tuple[Change, ...]:
        """Erase all of it. Raises NotFound, and Conflict unless it is suspended and its jobs are over and settled."""
        tenant = self.desk.get(tenant_id)
        if not tenant.suspended:
            raise Conflict("Suspend the tenant first, so that nothing new comes while it is erased.")
        job_ids = tuple(self.eraser.listed(tenant_id))
        jobs = {job.id: job for job in self.records.jobs(job_ids)}
        if alive := [job.id for job in jobs.values() if not job.status.terminal]:
            raise Conflict(
                f"{len(alive)} jobs are not over yet, {alive[0]} among them: wait, or cancel what is queued."
            )
        self._settled(tenant_id)
        return (
            *self._keys(tenant_id, hand),
            *self._endpoints(tenant_id, hand),
            *(self._job(job_id, jobs.get(job_id), hand) for job_id in job_ids),
            self._end(tenant_id, hand),
        )

    def _settled(self, tenant_id: str) -> None:
        """A hold is settled by what its job's row says, so that row must not go first. Raises Conflict.

        The tenant's own partition tells them: the index may not list yet what was admitted a moment ago.
        """
        if held := self.records.open_holds(tenant_id):
            raise Conflict(
                f"{len(held)} holds are open, that of {held[0]} among them: its job is new, or the sweep settles it."
            )

    def _keys(self, tenant_id: str, hand: Hand) -> tuple[Change, ...]:
        return tuple(
            hand.apply(
                Change(key.key_id, "key", "revoked" if key.revoked else "good", "revoked"),
                lambda key=key: self.desk.revoke(tenant_id, key.key_id),  # type: ignore[misc]
            )
            for key in self.desk.keys(tenant_id)
        )

    def _endpoints(self, tenant_id: str, hand: Hand) -> tuple[Change, ...]:
        return tuple(
            hand.apply(
                Change(one, "webhook endpoint and deliveries", "there", "gone"),
                lambda one=one: self.eraser.endpoint(tenant_id, one),  # type: ignore[misc]
            )
            for one in self.eraser.endpoints(tenant_id)
        )

    def _job(self, job_id: str, job: Job | None, hand: Hand) -> Change:
        """What it cost is kept, then the media go: once the row is gone, nothing would lead to either."""

        def erase() -> None:
            if job:
                self.eraser.bury(Paid.of(job))
            self.eraser.media(job_id)
            self.eraser.rows(job_id)

        return hand.apply(Change(job_id, "job and media", "there", "gone"), erase)

    def _end(self, tenant_id: str, hand: Hand) -> Change:
        def end() -> None:
            self.eraser.idempotency(tenant_id)
            self.desk.change(tenant_id, {"erased_ms": self.clock.now_ms()})

        erased = self.records.erased(tenant_id)
        return hand.apply(Change(tenant_id, "tenant", "erased" if erased else "suspended", "erased"), end)
