"""The seam at which every write to the table passes: who sends it, and under which conditions."""

import ast
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Final
from unittest.mock import patch

from botocore.client import BaseClient

from tests.crash.conditions.source import LIBRARY, places, sources

WRITES: Final = {
    "PutItem": "put_item",
    "UpdateItem": "update_item",
    "DeleteItem": "delete_item",
    "TransactWriteItems": "transact_write_items",
    "BatchWriteItem": "batch_write_item",
}
"""Operations, and how the library calls them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A write, or a transaction of writes, by the place that sent it."""

    place: str
    conditions: frozenset[str]


@cache
def writers() -> frozenset[str]:
    """The functions that send writes."""
    some = [(name, source) for name, source in sources() if not name.startswith("infra.") and "_item" in source]
    found = ((name, place, node) for name, source in some for place, node in places(ast.parse(source)))
    return frozenset(f"{name}:{place}" for name, place, node in found if _writes(node))


def _writes(node: ast.AST) -> bool:
    calls = {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    return not calls.isdisjoint(WRITES.values())


@contextmanager
def listening() -> Iterator[set[Sent]]:
    """Every write of the library's meanwhile."""
    genuine, heard = vars(BaseClient)["_make_api_call"], set[Sent]()

    def call(client: Any, operation: str, given: Mapping[str, Any]) -> Any:
        if operation in WRITES and (place := _place()) in writers():
            heard.add(Sent(place, frozenset(_conditions(given))))
        return genuine(client, operation, given)

    with patch.object(BaseClient, "_make_api_call", call):
        yield heard


def _conditions(given: Mapping[str, Any]) -> Iterator[str]:
    for write in (given, *(next(iter(one.values())) for one in given.get("TransactItems", ()))):
        if "ConditionExpression" in write:
            yield write["ConditionExpression"]


def _place() -> str:
    """The innermost function of the library that is being called."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the one way to learn who calls
    while frame and not Path(frame.f_code.co_filename).is_relative_to(LIBRARY):
        frame = frame.f_back
    if frame is None:
        return ""
    module = ".".join(Path(frame.f_code.co_filename).relative_to(LIBRARY).with_suffix("").parts)
    return f"{module}:{frame.f_code.co_qualname.split('.<locals>')[0]}"
