"""What takes a tenant away."""

from collections.abc import Iterator
from typing import Protocol

from reelwright.use_cases.ops.books import Paid


class Eraser(Protocol):
    """Deletes what a tenant left."""

    def bury(self, paid: Paid) -> None:
        """Keep what a job cost beyond the end of its row, without a word of what it was."""
        ...

    def media(self, job_id: str) -> int:
        """Delete every object of the job; how many there were. Raises OSError."""
        ...

    def rows(self, job_id: str) -> int:
        """Delete the job's rows; how many there were."""
        ...

    def endpoints(self, tenant_id: str) -> tuple[str, ...]:
        """The ids of the tenant's webhook endpoints."""
        ...

    def endpoint(self, tenant_id: str, endpoint_id: str) -> int:
        """Delete a webhook endpoint with its deliveries; how many rows there were."""
        ...

    def idempotency(self, tenant_id: str) -> int:
        """Delete the tenant's idempotency records; how many there were."""
        ...

    def listed(self, tenant_id: str) -> Iterator[str]:
        """The ids of all of the tenant's jobs."""
        ...
