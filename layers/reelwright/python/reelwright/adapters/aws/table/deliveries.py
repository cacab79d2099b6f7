"""Deliveries and their tries: implements `ports.Deliveries` on DynamoDB."""

from typing import Any

from botocore.exceptions import ClientError

from reelwright.adapters.aws.table import delivery_rows, keys
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.adapters.aws.table.patience import PATIENT, Patience
from reelwright.adapters.aws.table.writes import Writer
from reelwright.domain.delivery import Delivery
from reelwright.domain.errors import Stale
from reelwright.use_cases.tell.ports import DeliveryKey, DeliveryPage


class TableDeliveries:
    """Deliveries in DynamoDB, a partition an endpoint."""

    def __init__(self, client: Any, table: str, patience: Patience = PATIENT) -> None:
        self._client = client
        self._table = table
        self._patience = patience
        self._writer = Writer(table)

    def put_new(self, delivery: Delivery) -> bool:
        """See `ports.Deliveries.put_new`."""
        return self._put(self._writer.put_new(delivery_rows.to_item(delivery))["Put"])

    def get(self, key: DeliveryKey) -> Delivery | None:
        """See `ports.Deliveries.get`."""
        answer = self._client.get_item(TableName=self._table, Key=_key(key), ConsistentRead=True)
        return delivery_rows.from_item(answer["Item"]) if "Item" in answer else None

    def page(self, endpoint_id: str, limit: int, before: str | None) -> DeliveryPage:
        """See `ports.Deliveries.page`; ids sort by time, and `~` behind every one."""
        last = keys.delivery(endpoint_id, before or "~")
        first = keys.delivery(endpoint_id, "")
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={":pk": last["pk"], ":first": first["sk"], ":last": last["sk"]},
            ScanIndexForward=False,
            Limit=limit + 2,
        )
        found = [one for one in map(delivery_rows.from_item, answer["Items"]) if one.id != before]
        shown = tuple(found[:limit])
        return DeliveryPage(shown, shown[-1].id if len(found) > limit else None)

    def save(self, before: Delivery, after: Delivery) -> None:
        """See `ports.Deliveries.save`."""
        write = self._writer.put_new(delivery_rows.to_item(after), unless="version = :seen", seen=before.version)
        if not self._put(write["Put"]):
            raise Stale(before.id)

    def due(self, shard: int, now_ms: int, limit: int) -> tuple[DeliveryKey, ...]:
        """See `ports.Deliveries.due`."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard AND due_ms <= :now",
            ExpressionAttributeValues=encode({":shard": f"delivery#{shard}", ":now": now_ms}),
            Limit=limit,
        )
        return tuple(map(_key_of, answer["Items"]))

    def defer(self, key: DeliveryKey, due_ms: int) -> None:
        """See `ports.Deliveries.defer`."""
        write = {
            "TableName": self._table,
            "Key": _key(key),
            "UpdateExpression": "SET due_ms = :due",
            "ConditionExpression": "attribute_exists(due_ms)",
            "ExpressionAttributeValues": encode({":due": due_ms}),
        }
        try:
            self._patience.alone(lambda: self._client.update_item(**write))
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise

    def _put(self, write: dict[str, Any]) -> bool:
        try:
            self._patience.alone(lambda: self._client.put_item(**write))
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _key(key: DeliveryKey) -> Item:
    return keys.delivery(key.endpoint_id, key.delivery_id)


def _key_of(row: Item) -> DeliveryKey:
    return DeliveryKey(row["pk"]["S"].removeprefix("ENDPOINT#"), row["sk"]["S"].removeprefix("DELIVERY#"))
