"""Answer questions about jobs and budgets."""

from dataclasses import dataclass

from reelwright.domain.errors import NotFound
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.status import Status
from reelwright.domain.tenant import Usage
from reelwright.domain.times import month
from reelwright.use_cases.ports import Clock, Jobs, Page, Tenants

MOST_PAGES = 10
"""With a status filter, so many pages are looked through for one answer before `next` goes on from there."""


@dataclass(frozen=True, slots=True)
class QueryVideos:
    """Reads for one tenant; another tenant's job does not exist."""

    jobs: Jobs
    tenants: Tenants
    clock: Clock

    def get(self, tenant_id: str, job_id: str) -> tuple[Job, Generation]:
        """The job and what was asked for. Raises NotFound."""
        job, generation = self.jobs.get_with_request(job_id)
        if job.tenant != tenant_id:
            raise NotFound("There is no such video.")
        return job, generation

    def page(self, tenant_id: str, status: Status | None, limit: int, before_rank: str | None) -> Page:
        """A page of jobs, newest first; with a filter it may hold fewer than `limit` and still have a next."""
        found: list[tuple[Job, Generation]] = []
        for _ in range(MOST_PAGES):
            page = self.jobs.page(tenant_id, limit - len(found), before_rank)
            found += [pair for pair in page.jobs if status is None or pair[0].status is status]
            before_rank = page.next_rank
            if before_rank is None or len(found) >= limit:
                break
        return Page(tuple(found), before_rank)

    def usage(self, tenant_id: str) -> Usage:
        """This month's ledger."""
        return self.tenants.usage(self.tenants.get(tenant_id), month(self.clock.now_ms()))
