"""The conditional writes of which every transaction is made."""

from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.table import job_rows, keys
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.domain.fairness import Choice
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane
from reelwright.domain.pacing import HALF_OPEN_SECONDS
from reelwright.domain.tenant import Tenant

Write = dict[str, Any]


def _pace(lane: Lane, now_ms: int) -> tuple[str, str, dict[str, object]]:
    """What a claim adds to keep the lane's pace, and to let one create alone try while the breaker is half open."""
    change, condition, values = "", "", dict[str, object]()
    if lane.interval_ms:
        change, condition = ", tat_ms = :next", " AND tat_ms = :seen"
        values = {"next": max(lane.tat_ms, now_ms) + lane.interval_ms, "seen": lane.tat_ms}
    if lane.lessons.failures:
        change += ", cool_until_ms = :half"
        values["half"] = now_ms + HALF_OPEN_SECONDS * 1000
    return change, condition, values


def _rest(cool_until_ms: int | None, ran_ms: int | None) -> tuple[str, dict[str, object]]:
    """What is told to the lane along with a slot that is given back."""
    change, values = "", dict[str, object]()
    if cool_until_ms is not None:
        change, values = ", cool_until_ms = :cool", {"cool": cool_until_ms}
    if ran_ms is not None:
        change += ", recent_tasks = if_not_exists(recent_tasks, :zero) + :one"
        change += ", recent_ms = if_not_exists(recent_ms, :zero) + :ran"
        values |= {"ran": ran_ms, "zero": 0}
    return change, values


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

    def put_job(self, before: Job, after: Job) -> Write:
        """Replace a job's row if nobody wrote it since `before` was read."""
        condition = "version = :version AND #status = :status"
        values = self._values({"version": before.version, "status": before.status})
        names = {"ExpressionAttributeNames": {"#status": "status"}}
        return self._op("Put", Item=job_rows.to_item(after), ConditionExpression=condition, **values, **names)

    def commit_budget(self, tenant: Tenant, job: Job) -> Write:
        """Take a hold out of what the month has left; fails when it does not cover it."""
        return self._update(
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
        return self._update(
            keys.budget(job.tenant, job.budget_month),
            "SET held = held - :held, captured = captured + :captured, available = available + :back",
            held=held,
            captured=captured,
            back=held - captured,
        )

    def close_hold(self, job: Job, captured: Decimal, now_ms: int) -> Write:
        """End the hold of a job, once."""
        return self._update(
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
        return self._update(
            keys.rate(tenant.id, minute),
            "SET requests = if_not_exists(requests, :zero) + :one, #ttl = :ttl",
            "attribute_not_exists(requests) OR requests < :most",
            names={"#ttl": "ttl"},
            zero=0,
            one=1,
            most=tenant.requests_per_minute,
            ttl=minute * 60 + 3600,
        )

    def lease_slot(self, lane: Lane, job: Job, choice: Choice, expires_ms: int, cap: int) -> Write:
        """Lease a slot of the lane for the job's attempt, within the lane's capacity and pace and the tenant's cap."""
        now_ms = job.updated_ms
        pace, paced, due = _pace(lane, now_ms)
        return self._update(
            keys.lane(lane.id),
            "SET slots.#slot = :slot, running.#tenant = if_not_exists(running.#tenant, :zero) + :one,"
            f" turn = :turn, deficits = :deficits{pace}",
            "size(slots) < :limit AND attribute_not_exists(slots.#slot) AND paused = :no AND cool_until_ms <= :now"
            " AND (attribute_not_exists(running.#tenant) OR running.#tenant < :cap)" + paced,
            names={"#slot": job.attempt.external_id, "#tenant": job.tenant},
            slot={"tenant": job.tenant, "expires_ms": expires_ms},
            turn=choice.turn,
            deficits=choice.deficits,
            limit=lane.capacity(now_ms),
            now=now_ms,
            cap=cap,
            zero=0,
            one=1,
            no=False,
            **due,
        )

    def free_slot(
        self, lane_id: str, external_id: str, tenant: str, cool_until_ms: int | None = None, ran_ms: int | None = None
    ) -> Write:
        """Give a leased slot back, with what the lane is to learn from it; fails when it is not leased."""
        more, values = _rest(cool_until_ms, ran_ms)
        return self._update(
            keys.lane(lane_id),
            f"SET running.#tenant = running.#tenant - :one{more} REMOVE slots.#slot",
            "attribute_exists(slots.#slot)",
            names={"#slot": external_id, "#tenant": tenant},
            one=1,
            **values,
        )

    def _update(
        self, key: Item, change: str, condition: str = "", names: dict[str, str] | None = None, **values: object
    ) -> Write:
        extra: dict[str, object] = {"ExpressionAttributeNames": names} if names else {}
        extra |= {"ConditionExpression": condition} if condition else {}
        return self._op("Update", Key=key, UpdateExpression=change, **self._values(values), **extra)

    def _op(self, kind: str, **arguments: object) -> Write:
        return {kind: {"TableName": self.table, "ReturnValuesOnConditionCheckFailure": "ALL_OLD", **arguments}}

    @staticmethod
    def _values(values: dict[str, Any]) -> dict[str, Item]:
        return (
            {"ExpressionAttributeValues": encode({f":{name}": value for name, value in values.items()})}
            if values
            else {}
        )
