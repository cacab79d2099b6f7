"""Tenants and their plans."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from reelwright.domain.errors import Conflict, MalformedRequest, NotFound
from reelwright.domain.money import plain
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import TenantDesk

NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
"""Tenants' ids stand in keys and ranks of the table, whose separators they must not hold."""


@dataclass(frozen=True, slots=True)
class ManageTenants:
    """Creates tenants and changes their plans."""

    desk: TenantDesk

    def create(self, tenant: Tenant, hand: Hand) -> Change:
        """A new tenant; the same one again is no change. Raises Conflict for another plan, MalformedRequest."""
        if not NAME.fullmatch(tenant.id):
            raise MalformedRequest("A tenant's id is 1-63 of a-z, 0-9 and -, not beginning with -.")
        _check_plan(tenant)
        before = self._existing(tenant.id)
        if before is not None and before != tenant:
            raise Conflict("There is such a tenant with another plan: change it by `tenant budget` and `tenant caps`.")
        change = Change(tenant.id, "tenant", _plan(before) if before else "none", _plan(tenant))
        return hand.apply(change, lambda: self.desk.create(tenant))

    def change(self, tenant_id: str, hand: Hand, **fields: object) -> tuple[Change, ...]:
        """Set fields of the plan; those that are None stay. Raises NotFound, MalformedRequest."""
        before = self.desk.get(tenant_id)
        wished = {name: value for name, value in fields.items() if value is not None}
        after = replace(before, **wished)  # type: ignore[arg-type]
        _check_plan(after)
        return tuple(
            hand.apply(
                Change(tenant_id, name, _told(getattr(before, name)), _told(value)),
                lambda name=name, value=value: self.desk.change(tenant_id, {name: value}),  # type: ignore[misc]
            )
            for name, value in wished.items()
        )

    def _existing(self, tenant_id: str) -> Tenant | None:
        try:
            return self.desk.get(tenant_id)
        except NotFound:
            return None


def _check_plan(tenant: Tenant) -> None:
    good = tenant.monthly_units.is_finite() and tenant.monthly_units >= 0
    if not good or min(tenant.max_concurrent, tenant.requests_per_minute) < 0 or tenant.weight < 1:
        raise MalformedRequest("Budget and caps are 0 or more, the weight is 1 or more.")


def _plan(tenant: Tenant) -> str:
    units, at_once = plain(tenant.monthly_units), tenant.max_concurrent
    return f"{units} units, {at_once} at once, {tenant.requests_per_minute}/min, weight {tenant.weight}"


def _told(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
