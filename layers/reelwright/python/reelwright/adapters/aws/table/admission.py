"""Admitting a job: everything or nothing, in one transaction."""

from dataclasses import replace
from typing import Any, Final

from reelwright.adapters.aws.table import idempotency_rows, job_rows, keys, request_rows
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.adapters.aws.table.patience import Patience
from reelwright.adapters.aws.table.requests import too_many
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.adapters.aws.table.transactions import Canceled, Transactions
from reelwright.adapters.aws.table.writes import Write, Writer
from reelwright.domain.errors import Conflict, OverBudget
from reelwright.domain.job import Job
from reelwright.domain.money import plain
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ports import Admission, IdempotencyHit

HOLD_QUESTION_MS: Final = 86_400_000
"""A hold that is open for a day is looked at by the sweep."""

UNLESS_EXPIRED = "attribute_not_exists(pk) OR expires_ms <= :now"


class Admissions:
    """Writes admissions and explains why one was not possible.

    No row replaces another, each by a condition of its own: an erased job's ledger stays when its row is gone.
    """

    def __init__(self, client: Any, writer: Writer, transactions: Transactions, patience: Patience) -> None:
        self._client = client
        self._writer = writer
        self._transactions = transactions
        self._patience = patience
        self._tenants = TableTenants(client, writer.table)

    def admit(self, admission: Admission) -> None:
        """Write the admission. Raises OverBudget, TooManyRequests, IdempotencyHit, Conflict."""
        try:
            self._transactions.run(self._writes(admission))
        except Canceled as canceled:
            self._explain(canceled, admission)

    def _writes(self, admission: Admission) -> dict[str, Write]:
        job = admission.job
        writes = {
            "job": self._writer.put_if(job_rows.to_item(job), "attribute_not_exists(pk)"),
            "request": _request(self._writer, admission),
            "budget": self._writer.commit_budget(admission.tenant, job),
            "hold": _hold(self._writer, job),
            "entry": _entry(self._writer, job),
            "rate": self._writer.count_request(admission.tenant, job.created_ms),
        }
        if record := admission.idempotency:
            row = idempotency_rows.to_item(job.tenant, record)
            writes["idempotency"] = self._writer.put_if(row, UNLESS_EXPIRED, now=job.created_ms)
        return writes

    def _explain(self, canceled: Canceled, admission: Admission) -> None:
        if "idempotency" in canceled.failed:
            raise IdempotencyHit(idempotency_rows.from_item(canceled.old["idempotency"])) from canceled
        if "rate" in canceled.failed:
            raise too_many(admission.tenant, admission.job.created_ms) from canceled
        if "budget" in canceled.failed:
            now = self._rebased(admission.tenant, canceled.old.get("budget"))
            if now is None:
                raise _over_budget(admission) from canceled
            return self.admit(replace(admission, tenant=now))
        raise Conflict("Too many requests change this tenant's ledger at the same time; send it again.") from canceled

    def _rebased(self, given: Tenant, old: Item | None) -> Tenant | None:
        """Follow a budget that an operator changed since the month's row was written; None where it does not differ.

        The plan is read again: the request may have read an older one than the row follows.
        """
        row = decode(old) if old else {}
        if not row or row["budget"] == given.monthly_units:
            return None
        tenant = self._tenants.get(given.id)
        values = {":delta": tenant.monthly_units - row["budget"], ":new": tenant.monthly_units, ":old": row["budget"]}
        self._patience.if_met(
            lambda: self._client.update_item(
                TableName=self._writer.table,
                Key={"pk": old["pk"], "sk": old["sk"]} if old else {},
                UpdateExpression="SET available = available + :delta, budget = :new",
                ConditionExpression="budget = :old",
                ExpressionAttributeValues=encode(values),
            )
        )
        return tenant


def _request(writer: Writer, admission: Admission) -> Write:
    row = request_rows.to_item(admission.job.id, admission.generation)
    return writer.put_if(row, "attribute_not_exists(pk)")


def _hold(writer: Writer, job: Job) -> Write:
    key = keys.hold(job.tenant, job.id)
    values = {
        "state": "open",
        "units": job.held,
        "month": job.budget_month,
        "opened_ms": job.created_ms,
        "due_shard": keys.due_shard(job.id, "hold"),
        "due_ms": job.created_ms + HOLD_QUESTION_MS,
    }
    return writer.put_if(key | encode(values), "attribute_not_exists(pk)")


def _entry(writer: Writer, job: Job) -> Write:
    key = keys.entry(job.tenant, job.budget_month, job.id, "hold")
    values = {"job": job.id, "operation": "hold", "units": job.held, "at_ms": job.created_ms}
    return writer.put_if(key | encode(values), "attribute_not_exists(pk)")


def _over_budget(admission: Admission) -> OverBudget:
    units, budget = plain(admission.job.held), plain(admission.tenant.monthly_units)
    return OverBudget(f"The job needs {units} units; what is left of this month's {budget} units does not cover it.")
