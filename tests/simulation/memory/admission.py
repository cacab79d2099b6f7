"""Admitting a job, all or nothing."""

from dataclasses import replace
from decimal import Decimal

from reelwright.adapters.aws.table.admission import HOLD_QUESTION_MS
from reelwright.domain.errors import Conflict, OverBudget, TooManyRequests
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ports import Admission, IdempotencyHit
from tests.simulation.memory.rows import BudgetRow, EntryRow, HoldRow, Rows

ZERO = Decimal(0)


def admit(rows: Rows, admission: Admission) -> None:
    """See `ports.Jobs.admit`; what failed is told in the order of the real adapter."""
    while failed := _failed(rows, admission):
        if "idempotency" in failed and admission.idempotency:
            raise IdempotencyHit(rows.idempotency[admission.job.tenant, admission.idempotency.key])
        if "rate" in failed:
            wait = 60 - admission.job.created_ms // 1000 % 60
            raise TooManyRequests("rate", retry_after_seconds=wait)
        if "budget" not in failed:
            raise Conflict("ledger")
        rows.between()
        tenant = _rebased(rows, admission)
        if tenant is None:
            raise OverBudget("budget")
        admission = replace(admission, tenant=tenant)
    _write(rows, admission)


def _failed(rows: Rows, admission: Admission) -> set[str]:
    job, record = admission.job, admission.idempotency
    minute = (admission.tenant.id, job.created_ms // 60_000)
    known = rows.idempotency.get((job.tenant, record.key)) if record else None
    conditions = {
        "job": job.id not in rows.jobs,
        "request": job.id not in rows.requests,
        "hold": (job.tenant, job.id) not in rows.holds,
        "entry": (job.tenant, job.budget_month, job.id, "hold") not in rows.entries,
        "budget": _covered(rows, admission),
        "rate": minute not in rows.rates or rows.rates[minute] < admission.tenant.requests_per_minute,
        "idempotency": known is None or known.expires_ms <= job.created_ms,
    }
    return {name for name, holds in conditions.items() if not holds}


def _covered(rows: Rows, admission: Admission) -> bool:
    units, budget = admission.job.held, admission.tenant.monthly_units
    row = rows.budgets.get((admission.tenant.id, admission.job.budget_month))
    return budget >= units and (row is None or (row.budget == budget and row.available >= units))


def _rebased(rows: Rows, admission: Admission) -> Tenant | None:
    """Follow a budget that an operator changed since the month's row was written, as the plan is now."""
    row = rows.budgets.get((admission.tenant.id, admission.job.budget_month))
    if row is None or row.budget == admission.tenant.monthly_units:
        return None
    tenant = rows.tenants[admission.tenant.id]
    row.available += tenant.monthly_units - row.budget
    row.budget = tenant.monthly_units
    return tenant


def _write(rows: Rows, admission: Admission) -> None:
    job, tenant = admission.job, admission.tenant
    budget = rows.budgets.setdefault(
        (tenant.id, job.budget_month), BudgetRow(tenant.monthly_units, ZERO, ZERO, tenant.monthly_units)
    )
    budget.available -= job.held
    budget.held += job.held
    minute = (tenant.id, job.created_ms // 60_000)
    rows.rates[minute] = rows.rates.get(minute, 0) + 1
    rows.requests[job.id] = admission.generation
    rows.holds[job.tenant, job.id] = HoldRow(
        job.held, job.budget_month, job.created_ms, job.created_ms + HOLD_QUESTION_MS
    )
    entry = EntryRow(job.id, "hold", job.held, job.created_ms)
    rows.entries[job.tenant, job.budget_month, job.id, "hold"] = entry
    if admission.idempotency:
        rows.idempotency[job.tenant, admission.idempotency.key] = admission.idempotency
    rows.write(job)
