"""Queries that read every page."""

from collections.abc import Iterator, Mapping
from typing import Any

from reelwright.adapters.aws.table.codec import decode, encode


def query(  # noqa: PLR0913 - where to look, and how
    client: Any, table: str, condition: str, values: Mapping[str, object], *, index: str = "", newest: bool = False
) -> Iterator[dict[str, Any]]:
    """The rows of one partition as plain values, read consistently unless an index is asked."""
    where = {"IndexName": index} if index else {"ConsistentRead": True}
    pages = client.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression=condition,
        ExpressionAttributeValues=encode(values),
        ScanIndexForward=not newest,
        **where,
    )
    return (decode(row) for page in pages for row in page["Items"])
