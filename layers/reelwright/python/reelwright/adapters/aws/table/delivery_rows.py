"""A delivery as a row, and back. Rows go by themselves after thirty days."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.adapters.aws.table.endpoint_rows import whole
from reelwright.domain.delivery import Delivery, Try
from reelwright.domain.errors import Unreadable
from reelwright.domain.event import EventType
from reelwright.domain.job import Lease

KEPT_SECONDS: Final = 30 * 86_400

_NAMES: Final[tuple[str, ...]] = Delivery.__match_args__


def to_item(delivery: Delivery) -> Item:
    """The row of a delivery; a pending one stands in the index of what is due."""
    tries = [{name: value for name, value in asdict(one).items() if value is not None} for one in delivery.attempts]
    due = keys.due_shard(delivery.id, "delivery") if delivery.due_ms is not None else None
    lease = asdict(delivery.lease) if delivery.lease else None
    values = {name: getattr(delivery, name) for name in _NAMES} | {
        "attempts": tries,
        "lease": lease,
        "due_shard": due,
        "ttl": delivery.created_ms // 1000 + KEPT_SECONDS,
    }
    return keys.delivery(delivery.endpoint_id, delivery.id) | encode(values)


def from_item(item: Mapping[str, Any]) -> Delivery:
    """The delivery that a row holds. Raises Unreadable."""
    try:
        return _delivery(item)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise Unreadable(f"{item['sk']['S']}: {type(error).__name__}") from error


def readable(item: Mapping[str, Any]) -> Delivery | None:
    """The same; None for a row that cannot be read."""
    try:
        return from_item(item)
    except Unreadable:
        return None


def _delivery(item: Mapping[str, Any]) -> Delivery:
    row: dict[str, Any] = {"next_ms": None, "due_ms": None}
    row |= {name: whole(value) for name, value in decode(item).items() if name in _NAMES}
    tries = tuple(_try(one) for one in row["attempts"])
    lease = Lease(row["lease"]["owner"], int(row["lease"]["expires_ms"])) if "lease" in row else None
    found = Delivery(**row | {"type": EventType(row["type"]), "attempts": tries, "lease": lease})
    if keys.delivery(found.endpoint_id, found.id) != {name: item[name] for name in ("pk", "sk")}:
        raise ValueError("it stands under the key of another")
    if not all(isinstance(one, int | None) for one in (found.next_ms, found.due_ms, found.created_ms or None)):
        raise TypeError("times are numbers")
    return found


def _try(row: Mapping[str, Any]) -> Try:
    return Try(**{"http_status": None} | {name: whole(value) for name, value in row.items()})
