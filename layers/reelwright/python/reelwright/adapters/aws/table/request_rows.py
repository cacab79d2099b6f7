"""What was asked for as a row of its own: written once, read when it is submitted or shown."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import Item, decode, encode
from reelwright.domain.generation import Generation, JobType


def to_item(job_id: str, generation: Generation) -> Item:
    """The row of a generation."""
    values = asdict(generation) | {"metadata": dict(generation.metadata) or None}
    camera = generation.camera_control
    values["camera_control"] = _decimal(camera) if camera else None
    return encode(values | {"pk": keys.job_pk(job_id), "sk": keys.REQUEST})


def from_item(item: Mapping[str, Any]) -> Generation:
    """The generation that a row holds."""
    row = decode(item)
    del row["pk"], row["sk"]
    camera = row.get("camera_control")
    return Generation(
        **row
        | {
            "type": JobType(row["type"]),
            "duration": int(row["duration"]),
            "camera_control": _number(camera) if camera else None,
        }
    )


def _decimal(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _decimal(part) for name, part in value.items() if part is not None}
    return Decimal(str(value)) if isinstance(value, float) else value


def _number(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _number(part) for name, part in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
