"""DynamoDB's own arithmetic: how large a row is, and what changing it costs.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
"""

from collections.abc import Mapping
from math import ceil
from typing import Any, Final

from tests.support.table import INDEXES

Row = Mapping[str, Any]
KEY_NAMES: Final = ("pk", "sk")


def write_units(before: Row | None, after: Row | None, *, transactional: bool) -> int:
    """Units for the row itself (twice in a transaction), and one for each index entry put or taken away."""
    own = ceil(max(_size(before), _size(after)) / 1024) * (2 if transactional else 1)
    return own + sum(_index_units(name, before, after) for name in INDEXES)


def read_units(row: Row | None, *, consistent: bool) -> float:
    """Units for one row read by its key."""
    return max(1, ceil(_size(row) / 4096)) * (1.0 if consistent else 0.5)


def _index_units(index: str, before: Row | None, after: Row | None) -> int:
    names = [name for name, _ in INDEXES[index]]
    old, new = _entry(names, before), _entry(names, after)
    return 0 if old == new else (old is not None) + (new is not None)


def _entry(names: list[str], row: Row | None) -> tuple[Any, ...] | None:
    values = tuple(str(row.get(name)) if row and name in row else None for name in names)
    return None if None in values else values


def _size(row: Row | None) -> int:
    return sum(len(name) + _value(value) for name, value in row.items()) if row else 0


def _value(typed: Mapping[str, Any]) -> int:
    kind, value = next(iter(typed.items()))
    if kind == "M":
        return 3 + sum(len(name) + 1 + _value(part) for name, part in value.items())
    if kind == "L":
        return 3 + sum(1 + _value(part) for part in value)
    if kind in {"SS", "NS"}:
        return sum(len(part) for part in value)
    if kind == "N":
        return ceil(len(value.replace("-", "").replace(".", "")) / 2) + 1
    return 1 if kind in {"BOOL", "NULL"} else len(value.encode())
