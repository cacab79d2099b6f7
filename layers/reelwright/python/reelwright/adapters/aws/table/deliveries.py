"""Deliveries and their tries: implements `ports.Deliveries` on DynamoDB."""

from typing import Any

from reelwright.adapters.aws.table import delivery_rows, keys
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.adapters.aws.table.patience import PATIENT, Patience
from reelwright.adapters.aws.table.writes import Writer
from reelwright.domain.delivery import Delivery
from reelwright.domain.errors import Stale
from reelwright.use_cases.tell.ports import DeliveryKey, DeliveryPage, Due


class TableDeliveries:
    """Deliveries in DynamoDB, a partition an endpoint."""

    def __init__(self, client: Any, table: str, patience: Patience = PATIENT) -> None:
        self._client = client
        self._table = table
        self._patience = patience
        self._writer = Writer(table)

    def put_new(self, delivery: Delivery) -> bool:
        """See `ports.Deliveries.put_new`."""
        return self._put(self._writer.put_if(delivery_rows.to_item(delivery), "attribute_not_exists(pk)")["Put"])

    def get(self, key: DeliveryKey) -> Delivery | None:
        """See `ports.Deliveries.get`."""
        answer = self._client.get_item(TableName=self._table, Key=_key(key), ConsistentRead=True)
        return delivery_rows.from_item(answer["Item"]) if "Item" in answer else None

    def page(self, endpoint_id: str, limit: int, before: str | None) -> DeliveryPage:
        """See `ports.Deliveries.page`."""
        rows = [row for row in self._rows(endpoint_id, limit + 2, before) if _key_of(row).delivery_id != before]
        read = [delivery_rows.readable(row) for row in rows[:limit]]
        shown = tuple(one for one in read if one is not None)
        following = _key_of(rows[limit - 1]).delivery_id if len(rows) > limit else None
        return DeliveryPage(shown, following, unreadable=len(read) - len(shown))

    def _rows(self, endpoint_id: str, limit: int, before: str | None) -> list[Item]:
        """The latest rows up to `before`, itself included; ids sort by time, and `~` behind every one.

        DynamoDB ends an answer at 1 MB, however many rows were asked for: what is missing is asked for again.
        """
        last = keys.delivery(endpoint_id, before or "~")
        first = keys.delivery(endpoint_id, "")
        found: list[Item] = []
        start: dict[str, Item] = {}
        while True:
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
                ExpressionAttributeValues={":pk": last["pk"], ":first": first["sk"], ":last": last["sk"]},
                ScanIndexForward=False,
                Limit=limit - len(found),
                **start,
            )
            found += answer["Items"]
            if "LastEvaluatedKey" not in answer or len(found) >= limit:
                return found
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def save(self, before: Delivery, after: Delivery) -> None:
        """See `ports.Deliveries.save`."""
        write = self._writer.put_if(delivery_rows.to_item(after), "version = :seen", seen=before.version)
        if not self._put(write["Put"]):
            raise Stale(before.id)

    def due(self, shard: int, now_ms: int, limit: int) -> tuple[Due, ...]:
        """See `ports.Deliveries.due`."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard AND due_ms <= :now",
            ExpressionAttributeValues=encode({":shard": f"delivery#{shard}", ":now": now_ms}),
            Limit=limit,
        )
        return tuple(Due(_key_of(row), int(row["due_ms"]["N"])) for row in answer["Items"])

    def shelve(self, key: DeliveryKey) -> bool:
        """See `ports.Deliveries.shelve`; a whole row is put, for that is the one way in which its caller may write."""
        answer = self._client.get_item(TableName=self._table, Key=_key(key), ConsistentRead=True)
        row: Item = dict(answer.get("Item", {}))
        due, _ = row.pop("due_ms", None), row.pop("due_shard", None)
        if due is None:
            return False
        write = {"TableName": self._table, "Item": row, "ConditionExpression": "due_ms = :seen"}
        return self._put(write | {"ExpressionAttributeValues": {":seen": due}})

    def defer(self, seen: Due, due_ms: int) -> str | None:
        """See `ports.Deliveries.defer`; the answer to a write brings the tenant, which the index has not."""
        write = {
            "TableName": self._table,
            "Key": _key(seen.key),
            "UpdateExpression": "SET due_ms = :due",
            "ConditionExpression": "due_ms = :seen",
            "ExpressionAttributeValues": encode({":due": due_ms, ":seen": seen.due_ms}),
            "ReturnValues": "ALL_NEW",
        }
        answer = self._patience.if_met(lambda: self._client.update_item(**write))
        if answer is None:
            return None
        return str(answer["Attributes"].get("tenant", {}).get("S", seen.key.endpoint_id))

    def _put(self, write: dict[str, Any]) -> bool:
        return self._patience.if_met(lambda: self._client.put_item(**write)) is not None


def _key(key: DeliveryKey) -> Item:
    return keys.delivery(key.endpoint_id, key.delivery_id)


def _key_of(row: Item) -> DeliveryKey:
    return DeliveryKey(row["pk"]["S"].removeprefix("ENDPOINT#"), row["sk"]["S"].removeprefix("DELIVERY#"))
