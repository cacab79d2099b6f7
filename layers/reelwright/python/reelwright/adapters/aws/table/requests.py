"""The rate of a tenant's requests: implements `tell.ports.Requests` on DynamoDB."""

from typing import Any

from reelwright.adapters.aws.table.patience import PATIENT, Patience
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.adapters.aws.table.writes import Writer
from reelwright.domain.errors import TooManyRequests
from reelwright.domain.tenant import Tenant


class TableRequests:
    """Counts into the same row of the minute as admissions do."""

    def __init__(self, client: Any, table: str, patience: Patience = PATIENT) -> None:
        self._client = client
        self._tenants = TableTenants(client, table)
        self._patience = patience
        self._writer = Writer(table)

    def count(self, tenant: str, now_ms: int) -> None:
        """See `ports.Requests.count`."""
        plan = self._tenants.get(tenant)
        write = self._writer.count_request(plan, now_ms)["Update"]
        if self._patience.if_met(lambda: self._client.update_item(**write)) is None:
            raise too_many(plan, now_ms)


def too_many(tenant: Tenant, now_ms: int) -> TooManyRequests:
    """The refusal; the next minute begins a new count."""
    wait = 60 - now_ms // 1000 % 60
    most = tenant.requests_per_minute
    return TooManyRequests(f"This tenant may send {most} requests a minute.", retry_after_seconds=wait, a_minute=most)
