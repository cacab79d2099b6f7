"""What the table says at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

Row = Mapping[str, Any]
REPAIRED = "repaired: "
_read = TypeDeserializer().deserialize


@dataclass(frozen=True, slots=True)
class Books:
    """`held`, `captured` by the tenants' budgets; `entries` are the ledger's (job, operation, units).

    `repairs` counts, by kind, what the sweep did for jobs (their histories tell).
    """

    statuses: Mapping[str, str]
    open_holds: tuple[str, ...]
    slots: tuple[str, ...]
    entries: tuple[tuple[str, str, Decimal], ...]
    held: Decimal
    captured: Decimal
    repairs: Mapping[str, int] = field(default_factory=dict)


def read_books(dynamodb: Any, table: str) -> Books:
    """Read every row."""
    rows = list(_rows(dynamodb, table))
    budgets = [row for row in rows if row["sk"].startswith("BUDGET#")]
    return Books(
        statuses={row["id"]: row["status"] for row in rows if row["sk"] == "JOB"},
        open_holds=tuple(row["sk"] for row in rows if row["sk"].startswith("HOLD#") and row["state"] == "open"),
        slots=tuple(name for row in rows if row["pk"] == "LANES" for name in row["slots"]),
        entries=tuple((row["job"], row["operation"], row["units"]) for row in rows if row["pk"].startswith("LEDGER#")),
        held=sum((row["held"] for row in budgets), Decimal(0)),
        captured=sum((row["captured"] for row in budgets), Decimal(0)),
        repairs=_repairs(rows),
    )


def _repairs(rows: Iterable[Row]) -> Counter[str]:
    events = (row["event"] for row in rows if row["sk"].startswith("HISTORY#") and "event" in row)
    return Counter(event.removeprefix(REPAIRED) for event in events if event.startswith(REPAIRED))


def _rows(dynamodb: Any, table: str) -> Iterator[Row]:
    for page in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        for item in page["Items"]:
            yield {name: _read(value) for name, value in item.items()}
