"""Who writes to the table."""

import ast
from functools import cache
from typing import Final

from tests.crash.conditions.reading import places
from tests.crash.conditions.source import sources

WRITES: Final = {
    "PutItem": "put_item",
    "UpdateItem": "update_item",
    "DeleteItem": "delete_item",
    "TransactWriteItems": "transact_write_items",
    "BatchWriteItem": "batch_write_item",
}
"""Operations, and how the library calls them."""


@cache
def writers() -> frozenset[str]:
    """The functions that send writes."""
    some = [(name, source) for name, source in sources() if not name.startswith("infra.") and "_item" in source]
    found = ((name, place, node) for name, source in some for place, node in places(ast.parse(source)))
    return frozenset(f"{name}:{place}" for name, place, node in found if _writes(node))


def _writes(node: ast.AST) -> bool:
    calls = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    return not calls.isdisjoint(WRITES.values())
