"""The outbox: implements `ports.Outbox` on DynamoDB."""

from collections.abc import Iterable
from typing import Any

from reelwright.adapters.aws.table import keys, outbox_rows
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain.event import Event


class TableOutbox:
    """Events in DynamoDB, each in the row that its job's end wrote."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def overdue(self, shard: int, before_ms: int, limit: int) -> tuple[Event, ...]:
        """See `ports.Outbox.overdue`."""
        values = encode({":pk": keys.outbox_pk(shard), ":before": f"{before_ms:015d}"})
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk < :before",
            ExpressionAttributeValues=values,
            Limit=limit,
        )
        return tuple(outbox_rows.from_item(row) for row in answer["Items"])

    def published(self, events: Iterable[Event]) -> None:
        """See `ports.Outbox.published`."""
        for event in events:
            self._client.delete_item(TableName=self._table, Key=keys.outbox(event.at_ms, event.id))
