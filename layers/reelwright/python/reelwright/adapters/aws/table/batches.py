"""Many rows by their keys, in as few calls as may be."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from reelwright.adapters.aws.table.codec import Item

MOST: Final = 100
"""Keys that BatchGetItem takes in one call."""


def rows_by_key(client: Any, table: str, keys: Sequence[Item], *, consistent: bool = False) -> Iterator[Item]:
    """Those that are there, in no order; a call may leave some for the next."""
    left = list(keys)
    while left:
        now, left = left[:MOST], left[MOST:]
        answer = client.batch_get_item(RequestItems={table: {"Keys": now, "ConsistentRead": consistent}})
        yield from answer["Responses"].get(table, [])
        left += answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
