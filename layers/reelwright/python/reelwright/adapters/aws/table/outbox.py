"""The outbox: implements `ports.Outbox` on DynamoDB."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reelwright.adapters.aws.table import keys, outbox_rows
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.domain.event import Event
from reelwright.use_cases.tell.ports import NoEvent, Overdue


class TableOutbox:
    """Events in DynamoDB, each in the row that its job's end wrote."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def overdue(self, shard: int, before_ms: int, limit: int) -> Overdue:
        """See `ports.Outbox.overdue`."""
        events: list[Event] = []
        unreadable: list[NoEvent] = []
        for row in self._rows(shard, before_ms, limit):
            try:
                events.append(outbox_rows.from_item(row))
            except ValueError:
                unreadable.append(no_event(row))
            if len(events) == limit:
                break
        return Overdue(tuple(events), tuple(unreadable))

    def published(self, events: Iterable[Event]) -> None:
        """See `ports.Outbox.published`."""
        for event in events:
            self._client.delete_item(TableName=self._table, Key=keys.outbox(event.at_ms, event.id))

    def _rows(self, shard: int, before_ms: int, page_size: int) -> Iterator[Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk < :before",
            ExpressionAttributeValues=encode({":pk": keys.outbox_pk(shard), ":before": f"{before_ms:015d}"}),
            PaginationConfig={"PageSize": page_size},
        )
        return (row for page in pages for row in page["Items"])


def no_event(row: Mapping[str, Any]) -> NoEvent:
    """A row that holds no event, by its key, which begins with the time."""
    partition, name = (str(row.get(part, {}).get("S", "")) for part in ("pk", "sk"))
    time = name.split("#", 1)[0]
    return NoEvent(f"{partition}/{name}", int(time) if time.isdecimal() else 0)
