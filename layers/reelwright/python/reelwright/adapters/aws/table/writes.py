"""The conditional writes of which transactions are made; those of slots are in `slot_writes`."""

from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.table import job_rows, keys
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.domain.job import Job
from reelwright.domain.tenant import Tenant

Write = dict[str, Any]


class Writer:
    """Builds writes for one table."""

    def __init__(self, table: str) -> None:
        self.table = table

    def put_if(self, item: Item, condition: str, **values: object) -> Write:
        """Put a row if the condition holds for what is there."""
        return self._op("Put", Item=item, ConditionExpression=condition, **self._values(values))

    def put(self, item: Item) -> Write:
        """Put a row, whatever is there: the conditions of the writes beside it decide."""
        return self._op("Put", Item=item)

    def update(
        self, key: Item, change: str, condition: str = "", names: dict[str, str] | None = None, **values: object
    ) -> Write:
        """Change a row, if the condition holds for what is there."""
        extra: dict[str, object] = {"ExpressionAttributeNames": names} if names else {}
        extra |= {"ConditionExpression": condition} if condition else {}
        return self._op("Update", Key=key, UpdateExpression=change, **self._values(values), **extra)

    def put_job(self, before: Job, after: Job) -> Write:
        """Replace a job's row if nobody wrote it since `before` was read."""
        condition = "version = :version AND #status = :status"
        values = self._values({"version": before.version, "status": before.status})
        names = {"ExpressionAttributeNames": {"#status": "status"}}
        return self._op("Put", Item=job_rows.to_item(after), ConditionExpression=condition, **values, **names)

    def commit_budget(self, tenant: Tenant, job: Job) -> Write:
        """Take a hold out of what the month has left; fails when it does not cover it."""
        return self.update(
            keys.budget(tenant.id, job.budget_month),
            "SET available = if_not_exists(available, :budget) - :units, held = if_not_exists(held, :zero) + :units,"
            " captured = if_not_exists(captured, :zero), budget = :budget",
            "(attribute_not_exists(budget) OR budget = :budget)"
            " AND (attribute_not_exists(available) OR available >= :units) AND :budget >= :units",
            budget=tenant.monthly_units,
            units=job.held,
            zero=Decimal(0),
        )

    def settle_budget(self, job: Job, held: Decimal, captured: Decimal) -> Write:
        """Turn a hold into what was captured; the rest is available again. An open hold has a budget's row."""
        return self.update(
            keys.budget(job.tenant, job.budget_month),
            "SET held = held - :held, captured = captured + :captured, available = available + :back",
            held=held,
            captured=captured,
            back=held - captured,
        )

    def close_hold(self, job: Job, captured: Decimal, now_ms: int) -> Write:
        """End the hold of a job, once."""
        return self.update(
            keys.hold(job.tenant, job.id),
            "SET #state = :closed, captured = :captured, closed_ms = :now REMOVE due_shard, due_ms",
            "#state = :open",
            names={"#state": "state"},
            closed="closed",
            open="open",
            captured=captured,
            now=now_ms,
        )

    def count_request(self, tenant: Tenant, now_ms: int) -> Write:
        """Count an admission in the running minute; fails when the tenant's rate is used up."""
        minute = now_ms // 60_000
        return self.update(
            keys.rate(tenant.id, minute),
            "SET requests = if_not_exists(requests, :zero) + :one, #ttl = :ttl",
            "attribute_not_exists(requests) OR requests < :most",
            names={"#ttl": "ttl"},
            zero=0,
            one=1,
            most=tenant.requests_per_minute,
            ttl=minute * 60 + 3600,
        )

    def _op(self, kind: str, **arguments: object) -> Write:
        return {kind: {"TableName": self.table, "ReturnValuesOnConditionCheckFailure": "ALL_OLD", **arguments}}

    @staticmethod
    def _values(values: dict[str, Any]) -> dict[str, Item]:
        return (
            {"ExpressionAttributeValues": encode({f":{name}": value for name, value in values.items()})}
            if values
            else {}
        )
