"""The lanes' rows: implements `ports.Lanes` on DynamoDB."""

from dataclasses import asdict
from typing import Any

from reelwright.adapters.aws.table import keys, lane_rows
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.adapters.aws.table.lane_rows import Defaults
from reelwright.adapters.aws.table.patience import PATIENT, Patience
from reelwright.domain.forecast import Forecast
from reelwright.domain.lane import Lane
from reelwright.domain.pacing import Lesson
from reelwright.use_cases.ports.lanes import Unreadable


def _taught(before: Lane, after: Lane) -> tuple[str, str, dict[str, object]]:
    """The write of a lesson: what claims and put-backs write too only where it changed it, and over what it saw."""
    change, condition = "SET lessons = :lessons", "lessons.version = :version"
    values: dict[str, object] = {":lessons": lane_rows.lessons(after.lessons), ":version": before.lessons.version}
    for name in ("cool_until_ms", "tat_ms"):
        seen, taught = getattr(before, name), getattr(after, name)
        if taught != seen:
            change += f", {name} = :{name}"
            condition += f" AND {name} = :seen_{name}"
            values |= {f":{name}": taught, f":seen_{name}": seen}
    return change, condition, values


class TableLanes:
    """Lanes in DynamoDB. A row's own limits go before the stage's defaults."""

    def __init__(
        self, client: Any, table: str, slots: int, requests_per_minute: int = 0, patience: Patience = PATIENT
    ) -> None:
        self._client = client
        self._table = table
        self._patience = patience
        self._defaults = Defaults(slots, requests_per_minute)

    def get(self, lane_id: str) -> Lane:
        """See `ports.Lanes.get`; the first look at a lane makes its row."""
        answer = self._client.get_item(TableName=self._table, Key=keys.lane(lane_id), ConsistentRead=True)
        return self._lane(answer["Item"] if "Item" in answer else self._made(lane_id))

    def all(self, unreadable: Unreadable | None = None) -> tuple[Lane, ...]:
        """See `ports.Lanes.all`."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :lanes",
            ExpressionAttributeValues=encode({":lanes": keys.LANES}),
            ConsistentRead=True,
        )
        rows = (row for page in pages for row in page["Items"])
        return tuple(lane for row in rows for lane in lane_rows.readable(row, self._defaults, unreadable))

    def free(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        """See `ports.Lanes.free`."""
        slot = self.get(lane_id).slots.get(external_id)
        if slot is None:
            return False
        return self._change(
            lane_id,
            "SET running.#tenant = running.#tenant - :one REMOVE slots.#slot",
            "slots.#slot.expires_ms = :expires",
            {"#slot": external_id, "#tenant": slot.tenant},
            {":expires": expires_ms, ":one": 1},
        )

    def forget(self, lane_id: str, tenants: tuple[str, ...]) -> bool:
        """See `ports.Lanes.forget`: a claim adds to what is there or not, so only the zero itself may go."""
        names = {f"#tenant{number}": tenant for number, tenant in enumerate(tenants)}
        change = "REMOVE " + ", ".join(f"running.{name}" for name in names)
        condition = " AND ".join(f"running.{name} = :zero" for name in names)
        return self._change(lane_id, change, condition, names, {":zero": 0})

    def renew(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        """See `ports.Lanes.renew`."""
        change, condition = "SET slots.#slot.expires_ms = :expires", "attribute_exists(slots.#slot)"
        return self._change(lane_id, change, condition, {"#slot": external_id}, {":expires": expires_ms})

    def learn(self, lane_id: str, lesson: Lesson, now_ms: int) -> Lane:
        """See `ports.Lanes.learn`."""
        while True:
            before = self.get(lane_id)
            after = lesson(before, now_ms)
            change, condition, values = _taught(before, after)
            if self._change(lane_id, change, condition, {}, values):
                return after

    def publish(self, before: Lane, forecast: Forecast) -> bool:
        """See `ports.Lanes.publish`."""
        faded = before.recent.faded()
        values: dict[str, object] = {
            ":forecast": asdict(forecast),
            ":tasks": faded.tasks,
            ":ms": faded.total_ms,
            ":seen": before.recent.tasks,
        }
        change = "SET forecast = :forecast, recent_tasks = :tasks, recent_ms = :ms"
        return self._change(before.id, change, "recent_tasks = :seen", {}, values)

    def book_wake(self, lane_id: str, at_ms: int, now_ms: int) -> bool:
        """See `ports.Lanes.book_wake`."""
        condition = "attribute_not_exists(wake_ms) OR wake_ms <= :now OR wake_ms > :at"
        return self._change(lane_id, "SET wake_ms = :at", condition, {}, {":at": at_ms, ":now": now_ms})

    def _made(self, lane_id: str) -> Item:
        fresh = lane_rows.fresh(lane_id)
        try:
            self._client.put_item(TableName=self._table, Item=fresh, ConditionExpression="attribute_not_exists(pk)")
        except self._client.exceptions.ConditionalCheckFailedException:
            found = self._client.get_item(TableName=self._table, Key=keys.lane(lane_id), ConsistentRead=True)
            return dict(found["Item"])
        return fresh

    def _change(
        self, lane_id: str, change: str, condition: str, names: dict[str, str], values: dict[str, object]
    ) -> bool:
        write = {
            "TableName": self._table,
            "Key": keys.lane(lane_id),
            "UpdateExpression": change,
            "ConditionExpression": condition,
            "ExpressionAttributeValues": encode(values),
        } | ({"ExpressionAttributeNames": names} if names else {})
        return self._patience.if_met(lambda: self._client.update_item(**write)) is not None

    def _lane(self, item: Item) -> Lane:
        return lane_rows.from_item(item, self._defaults)
