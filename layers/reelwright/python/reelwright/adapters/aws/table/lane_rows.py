"""A lane as a row, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.domain.lane import Lane, Lessons, Recent, Slot
from reelwright.use_cases.ports.lanes import Unreadable


@dataclass(frozen=True, slots=True)
class Defaults:
    """The limits of a lane whose row has none of its own."""

    slots: int
    requests_per_minute: int = 0


def fresh(lane_id: str) -> Item:
    """The row of a lane that was never used."""
    empty = {"slots": {}, "running": {}, "deficits": {}, "cool_until_ms": 0, "tat_ms": 0, "paused": False, "turn": ""}
    recent = {"recent_tasks": 0, "recent_ms": 0}
    return keys.lane(lane_id) | encode(empty | recent | {"lessons": lessons(Lessons())})


def lessons(learnt: Lessons) -> dict[str, Any]:
    """What a lane has learnt, as its row holds it."""
    return {name: value for name, value in asdict(learnt).items() if value is not None}


def from_item(item: Mapping[str, Any], defaults: Defaults) -> Lane:
    """The lane that a row holds; `slot_limit` and `requests_per_minute` are there when an operator set them."""
    row = decode(item)
    learnt: dict[str, Any] = {name: value if name == "code" else int(value) for name, value in row["lessons"].items()}
    return Lane(
        id=row["sk"],
        limit=int(row.get("slot_limit", defaults.slots)),
        slots={name: Slot(slot["tenant"], int(slot["expires_ms"])) for name, slot in row["slots"].items()},
        cool_until_ms=int(row["cool_until_ms"]),
        paused=row["paused"],
        turn=row["turn"],
        deficits={tenant: int(left) for tenant, left in row["deficits"].items()},
        requests_per_minute=int(row.get("requests_per_minute", defaults.requests_per_minute)),
        tat_ms=int(row["tat_ms"]),
        lessons=Lessons(**learnt),
        wake_ms=int(row.get("wake_ms", 0)),
        recent=Recent(int(row.get("recent_tasks", 0)), int(row.get("recent_ms", 0))),
        idle=tuple(sorted(tenant for tenant, running in row["running"].items() if not running)),
    )


def readable(item: Item, defaults: Defaults, unreadable: Unreadable | None) -> Iterator[Lane]:
    """The lane that a row holds, or none when `unreadable` was told that the row holds no such thing."""
    try:
        yield from_item(item, defaults)
    except Exception as error:
        if unreadable is None:
            raise
        unreadable(item["sk"]["S"], error)
