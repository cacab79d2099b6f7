"""The lanes' rows: implements `ports.Lanes` on DynamoDB."""

from typing import Any

from botocore.exceptions import ClientError

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.domain.lane import Lane, Slot


class TableLanes:
    """Lanes in DynamoDB. A row's own `slot_limit` goes before the stage's default."""

    def __init__(self, client: Any, table: str, default_limit: int) -> None:
        self._client = client
        self._table = table
        self._default_limit = default_limit

    def get(self, lane_id: str) -> Lane:
        """See `ports.Lanes.get`; the first look at a lane makes its row."""
        answer = self._client.get_item(TableName=self._table, Key=keys.lane(lane_id), ConsistentRead=True)
        return self._lane(answer["Item"] if "Item" in answer else self._made(lane_id))

    def all(self) -> tuple[Lane, ...]:
        """See `ports.Lanes.all`."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :lanes",
            ExpressionAttributeValues=encode({":lanes": keys.LANES}),
            ConsistentRead=True,
        )
        return tuple(self._lane(row) for page in pages for row in page["Items"])

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

    def renew(self, lane_id: str, external_id: str, expires_ms: int) -> bool:
        """See `ports.Lanes.renew`."""
        change, condition = "SET slots.#slot.expires_ms = :expires", "attribute_exists(slots.#slot)"
        return self._change(lane_id, change, condition, {"#slot": external_id}, {":expires": expires_ms})

    def cool(self, lane_id: str, until_ms: int) -> None:
        """See `ports.Lanes.cool`."""
        self.get(lane_id)
        self._change(lane_id, "SET cool_until_ms = :until", "cool_until_ms < :until", {}, {":until": until_ms})

    def _made(self, lane_id: str) -> Item:
        fresh = keys.lane(lane_id) | encode(
            {"slots": {}, "running": {}, "cool_until_ms": 0, "paused": False, "turn": ""}
        )
        try:
            self._client.put_item(TableName=self._table, Item=fresh, ConditionExpression="attribute_not_exists(pk)")
        except self._client.exceptions.ConditionalCheckFailedException:
            found = self._client.get_item(TableName=self._table, Key=keys.lane(lane_id), ConsistentRead=True)
            return dict(found["Item"])
        return fresh

    def _change(
        self, lane_id: str, change: str, condition: str, names: dict[str, str], values: dict[str, object]
    ) -> bool:
        extra = {"ExpressionAttributeNames": names} if names else {}
        try:
            self._client.update_item(
                TableName=self._table,
                Key=keys.lane(lane_id),
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeValues=encode(values),
                **extra,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def _lane(self, item: Item) -> Lane:
        row = decode(item)
        slots = {name: Slot(slot["tenant"], int(slot["expires_ms"])) for name, slot in row["slots"].items()}
        limit = int(row.get("slot_limit", self._default_limit))
        return Lane(row["sk"], limit, slots, int(row["cool_until_ms"]), row["paused"], row["turn"])
