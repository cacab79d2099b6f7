"""Implements `ports.Tenants` in memory."""

from decimal import Decimal

from reelwright.domain.errors import NotFound
from reelwright.domain.tenant import Tenant, Usage
from tests.simulation.memory.rows import Rows


class MemoryTenants:
    """Tenants and what their months came to."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, tenant_id: str) -> Tenant:
        if tenant_id not in self._rows.tenants:
            raise NotFound("There is no such tenant.")
        return self._rows.tenants[tenant_id]

    def put(self, tenant: Tenant) -> None:
        self._rows.tenants[tenant.id] = tenant

    def usage(self, tenant: Tenant, month: str) -> Usage:
        row = self._rows.budgets.get((tenant.id, month))
        zero = Decimal(0)
        return Usage(month, tenant.monthly_units, row.held if row else zero, row.captured if row else zero)
