"""The seam at which every write to the table passes: who sends it, and under which conditions."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient

from tests.crash.conditions.source import LIBRARY
from tests.crash.conditions.writers import WRITES, writers


@dataclass(frozen=True, slots=True)
class Sent:
    """A write, or a transaction of writes, by the place that sent it."""

    place: str
    conditions: frozenset[str]


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
