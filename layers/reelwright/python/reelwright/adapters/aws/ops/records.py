"""The table read as a whole: implements `use_cases.ops.ports.Records`."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from reelwright.adapters.aws.ops.rows import query
from reelwright.adapters.aws.table import job_rows, keys
from reelwright.adapters.aws.table.batches import rows_by_key
from reelwright.adapters.aws.table.codec import decode
from reelwright.adapters.clock import job_bound
from reelwright.domain.errors import Conflict
from reelwright.domain.job import Job
from reelwright.domain.times import month_bounds
from reelwright.use_cases.ops.books import Balance, Books, Entry, Hold, Paid
from reelwright.use_cases.ops.records import Event

READINGS: Final = 8
"""A month is read this often until no money moved meanwhile."""


class Unsettled(Conflict):
    """Money moved during every reading: ask again at a quieter time, or with the tenant suspended."""


class TableRecords:
    """Reads in DynamoDB. Every movement of money writes the balance, so a balance that stood still proves the rest."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def books(self, tenant_id: str, month: str) -> Books:
        """See `Records.books`."""
        before = self._row(keys.budget(tenant_id, month))
        for _ in range(READINGS):
            books = self._books(tenant_id, month, before)
            after = self._row(keys.budget(tenant_id, month))
            if after == before:
                return books
            before = after
        raise Unsettled(f"Money of {tenant_id} moved during {READINGS} readings of {month}.")

    def entries(self, tenant_id: str, month: str) -> Iterator[Entry]:
        """See `Records.entries`."""
        rows = query(self._client, self._table, "pk = :pk", {":pk": keys.ledger_pk(tenant_id, month)})
        return (_entry(tenant_id, month, row) for row in rows)

    def entries_of(self, tenant_id: str, month: str, job_id: str) -> tuple[Entry, ...]:
        """See `Records.entries_of`."""
        values = {":pk": keys.ledger_pk(tenant_id, month), ":sk": f"{job_id}#"}
        rows = query(self._client, self._table, "pk = :pk AND begins_with(sk, :sk)", values)
        return tuple(sorted((_entry(tenant_id, month, row) for row in rows), key=lambda entry: entry.at_ms))

    def hold(self, tenant_id: str, job_id: str) -> Hold | None:
        """See `Records.hold`."""
        row = self._row(keys.hold(tenant_id, job_id))
        return _hold(row) if row else None

    def open_holds(self, tenant_id: str) -> tuple[str, ...]:
        """See `Records.open_holds`."""
        return tuple(hold.job for hold in self._holds(tenant_id) if hold.state == "open")

    def erased(self, tenant_id: str) -> bool:
        """See `Records.erased`."""
        return "erased_ms" in self._row(keys.tenant(tenant_id))

    def buried(self, tenant_id: str) -> tuple[Paid, ...]:
        """See `Records.buried`."""
        values = {":pk": keys.tenant_pk(tenant_id), ":sk": keys.BURIED}
        rows = query(self._client, self._table, "pk = :pk AND begins_with(sk, :sk)", values)
        return tuple(_paid(tenant_id, row) for row in rows)

    def history(self, job_id: str) -> tuple[Event, ...]:
        """See `Records.history`."""
        values = {":pk": keys.job_pk(job_id), ":sk": keys.HISTORY}
        rows = query(self._client, self._table, "pk = :pk AND begins_with(sk, :sk)", values)
        return tuple(Event(int(row["at_ms"]), row["event"]) for row in rows)

    def jobs(self, job_ids: Iterable[str]) -> tuple[Job, ...]:
        """See `Records.jobs`."""
        wanted = [keys.job(job_id) for job_id in sorted(set(job_ids))]
        found = rows_by_key(self._client, self._table, wanted, consistent=True)
        return tuple(map(job_rows.from_item, found))

    def _books(self, tenant_id: str, month: str, balance: dict[str, Any]) -> Books:
        entries = tuple(self.entries(tenant_id, month))
        holds = {hold.job: hold for hold in self._holds(tenant_id) if hold.month == month}
        known = {entry.job for entry in entries} | set(holds) | set(self._listed(tenant_id, month))
        jobs = {job.id: job for job in self.jobs(known)}
        totals = _balance(balance) if balance else None
        return Books(tenant_id, month, totals, entries, holds, jobs, self.erased(tenant_id))

    def _holds(self, tenant_id: str) -> Iterator[Hold]:
        values = {":pk": keys.tenant_pk(tenant_id), ":sk": keys.HOLD}
        return map(_hold, query(self._client, self._table, "pk = :pk AND begins_with(sk, :sk)", values))

    def _listed(self, tenant_id: str, month: str) -> Iterator[str]:
        """Jobs admitted in the month, by their ids, which begin with the time."""
        first, last = map(job_bound, month_bounds(month))
        condition = "tenant_listed = :tenant AND listed_rank BETWEEN :first AND :last"
        values = {":tenant": tenant_id, ":first": first, ":last": last}
        return (row["listed_rank"] for row in query(self._client, self._table, condition, values, index="by_tenant"))

    def _row(self, key: dict[str, Any]) -> dict[str, Any]:
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return decode(answer.get("Item", {}))


def _entry(tenant: str, month: str, row: dict[str, Any]) -> Entry:
    return Entry(
        tenant=tenant,
        month=month,
        job=row["job"],
        operation=row["operation"],
        units=row["units"],
        at_ms=int(row["at_ms"]),
        released=row.get("released", Decimal(0)),
        estimated=row.get("estimated"),
    )


def _hold(row: dict[str, Any]) -> Hold:
    return Hold(keys.named(row["sk"]), row["month"], row["units"], row["state"], row.get("captured"))


def _paid(tenant_id: str, row: dict[str, Any]) -> Paid:
    tasks = frozenset(row.get("tasks", ()))
    return Paid(keys.named(row["sk"]), tenant_id, row["month"], tasks, row["captured"])


def _balance(row: dict[str, Any]) -> Balance:
    return Balance(row["budget"], row["available"], row["held"], row["captured"])
