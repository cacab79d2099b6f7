"""The table of jobs: implements `ports.Jobs` on DynamoDB."""

from collections.abc import Callable, Iterable
from typing import Any

from reelwright.adapters.aws.table import idempotency_rows, job_rows, keys, request_rows
from reelwright.adapters.aws.table.admission import Admissions
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.adapters.aws.table.indexes import Indexes
from reelwright.adapters.aws.table.patience import PATIENT, Patience
from reelwright.adapters.aws.table.settlement import Settlements
from reelwright.adapters.aws.table.slot_writes import SlotWrites
from reelwright.adapters.aws.table.transactions import Canceled, Transactions
from reelwright.adapters.aws.table.writes import Writer
from reelwright.domain.errors import NoFreeSlot, NotFound, Stale
from reelwright.domain.fairness import Choice
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane
from reelwright.domain.status import Status
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ports import Admission, IdempotencyRecord, OpenHold, Page, Waiting

NEWS = "attempt = :attempt AND #status IN (:submitting, :generating)"


class TableJobs:
    """Jobs in DynamoDB; every write is conditional."""

    def __init__(self, client: Any, table: str, now_ms: Callable[[], int], patience: Patience = PATIENT) -> None:
        self._client = client
        self._table = table
        self._now_ms = now_ms
        self._writer = Writer(table)
        self._slots = SlotWrites(self._writer)
        self._patience = patience
        self._transactions = Transactions(client, patience)
        self._indexes = Indexes(client, table)
        self.admissions = Admissions(client, self._writer, self._transactions, patience)
        self.settlements = Settlements(self._writer, self._transactions)

    def admit(self, admission: Admission) -> None:
        """See `ports.Jobs.admit`."""
        self.admissions.admit(admission)

    def settle(self, before: Job, after: Job) -> None:
        """See `ports.Jobs.settle`."""
        self.settlements.settle(before, after)

    def save_and_free(self, before: Job, after: Job, cool_until_ms: int | None = None) -> None:
        """See `ports.Jobs.save_and_free`."""
        self.settlements.save_and_free(before, after, cool_until_ms)

    def get(self, job_id: str) -> Job:
        """See `ports.Jobs.get`."""
        answer = self._client.get_item(TableName=self._table, Key=keys.job(job_id), ConsistentRead=True)
        if "Item" not in answer:
            raise NotFound("There is no such video.")
        return job_rows.from_item(answer["Item"])

    def get_with_request(self, job_id: str) -> tuple[Job, Generation]:
        """See `ports.Jobs.get_with_request`."""
        values = encode({":pk": keys.job_pk(job_id), ":first": keys.JOB, ":last": keys.REQUEST})
        rows = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues=values,
            ConsistentRead=True,
        )["Items"]
        by_kind = {row["sk"]["S"]: row for row in rows}
        if keys.JOB not in by_kind or keys.REQUEST not in by_kind:
            raise NotFound("There is no such video.")
        return job_rows.from_item(by_kind[keys.JOB]), request_rows.from_item(by_kind[keys.REQUEST])

    def idempotent(self, tenant: str, key: str) -> IdempotencyRecord | None:
        """See `ports.Jobs.idempotent`."""
        answer = self._client.get_item(TableName=self._table, Key=keys.idempotency(tenant, key), ConsistentRead=True)
        record = idempotency_rows.from_item(answer["Item"]) if "Item" in answer else None
        return record if record and record.expires_ms > self._now_ms() else None

    def save(self, before: Job, after: Job) -> None:
        """See `ports.Jobs.save`."""
        write = self._writer.put_job(before, after)["Put"]
        if self._patience.if_met(lambda: self._client.put_item(**write)) is None:
            raise Stale(before.id)

    def claim(  # noqa: PLR0913, PLR0917 - as the port has it
        self, before: Job, after: Job, lane: Lane, choice: Choice, slot_expires_ms: int, tenant: Tenant
    ) -> None:
        """See `ports.Jobs.claim`."""
        slot = self._slots.lease(lane, after, choice, slot_expires_ms, tenant.max_concurrent)
        try:
            self._transactions.run({"job": self._writer.put_job(before, after), "slot": slot})
        except Canceled as canceled:
            raise Stale(before.id) if "job" in canceled.failed else NoFreeSlot(lane.id) from canceled

    def note_callback(self, job_id: str, attempt: int, at_ms: int) -> str | None:
        """See `ports.Jobs.note_callback`."""
        values = {
            ":attempt": attempt,
            ":submitting": Status.SUBMITTING,
            ":generating": Status.GENERATING,
            ":now": at_ms,
            ":one": 1,
        }
        row = self._change(keys.job(job_id), "SET callback_ms = :now ADD version :one", NEWS, values)
        token = row.get("task_token") if row else None
        return token["S"] if token else None

    def clear_callback(self, job: Job) -> None:
        """See `ports.Jobs.clear_callback`."""
        if job.callback_ms is not None:
            values: dict[str, object] = {":seen": job.callback_ms, ":one": 1}
            self._change(keys.job(job.id), "REMOVE callback_ms ADD version :one", "callback_ms = :seen", values)

    def waiting_after(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        """See `ports.Jobs.waiting_after`."""
        return self._indexes.waiting_after(lane, tenant)

    def waiting_of(self, lane: str, tenant: str) -> tuple[Waiting, ...]:
        """See `ports.Jobs.waiting_of`."""
        return self._indexes.waiting_of(lane, tenant)

    def backlog(self, lane: str) -> Iterable[Waiting]:
        """See `ports.Jobs.backlog`."""
        return self._indexes.backlog(lane)

    def due(self, shard: int, now_ms: int, limit: int) -> Iterable[str]:
        """See `ports.Jobs.due`."""
        return self._indexes.due(f"due#{shard}", now_ms, limit)

    def due_holds(self, shard: int, now_ms: int, limit: int) -> Iterable[OpenHold]:
        """See `ports.Jobs.due_holds`."""
        return self._indexes.due_holds(f"hold#{shard}", now_ms, limit)

    def close_hold(self, job: Job) -> bool:
        """See `ports.Jobs.close_hold`."""
        return self.settlements.close_hold(job)

    def defer(self, job_id: str, due_ms: int) -> None:
        """See `ports.Jobs.defer`."""
        self._change(keys.job(job_id), "SET due_ms = :due", "attribute_exists(due_ms)", {":due": due_ms})

    def defer_hold(self, hold: OpenHold, due_ms: int) -> None:
        """See `ports.Jobs.defer_hold`."""
        key = keys.hold(hold.tenant, hold.job_id)
        self._change(key, "SET due_ms = :due", "attribute_exists(due_ms)", {":due": due_ms})

    def expect(self, job_id: str, expected_ms: int) -> None:
        """See `ports.Jobs.expect`."""
        values: dict[str, object] = {":expected": expected_ms, ":queued": Status.QUEUED}
        self._change(keys.job(job_id), "SET expected_ms = :expected", "#status = :queued", values)

    def remember(self, job: Job, event: str, at_ms: int) -> None:
        """See `ports.Jobs.remember`."""
        row = keys.history(job.id, at_ms, job.version) | encode({"event": event, "at_ms": at_ms, "status": job.status})
        self._client.put_item(TableName=self._table, Item=row)

    def page(self, tenant: str, limit: int, before_rank: str | None) -> Page:
        """See `ports.Jobs.page`."""
        return self._indexes.page(tenant, limit, before_rank)

    def _change(self, key: Item, change: str, condition: str, values: dict[str, object]) -> Item | None:
        names = {"ExpressionAttributeNames": {"#status": "status"}} if "#status" in condition else {}
        answer = self._patience.if_met(
            lambda: self._client.update_item(
                TableName=self._table,
                Key=key,
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeValues=encode(values),
                ReturnValues="ALL_NEW",
                **names,
            )
        )
        return answer["Attributes"] if answer is not None else None
