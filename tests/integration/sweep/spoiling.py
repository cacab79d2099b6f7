"""Rows as somebody left them who wrote into the table by hand."""

from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain.lane import lane_id
from tests.support.pipeline import LANE, Pipeline

OTHER = lane_id("main", "kling-v2-6")
BEFORE = lane_id("main", "a-model")
"""A lane that the sweep looks at before `LANE`."""


def spoil(pipeline: Pipeline, key: dict[str, Any], **fields: object) -> None:
    """Write fields into a row, whatever it held there."""
    names = {f"#{name}": name for name in fields}
    pipeline.client.update_item(
        TableName="reelwright",
        Key=key,
        UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in fields),
        ExpressionAttributeNames=names,
        ExpressionAttributeValues=encode({f":{name}": value for name, value in fields.items()}),
    )


def row(pipeline: Pipeline, key: dict[str, Any]) -> dict[str, Any]:
    """A row as the table has it."""
    found: dict[str, Any] = pipeline.client.get_item(TableName="reelwright", Key=key)["Item"]
    return found


def lease(pipeline: Pipeline, name: str, lane: str = LANE) -> None:
    """A slot that lapses now, written by hand."""
    held = {"slots": {name: {"tenant": "acme", "expires_ms": pipeline.clock.now_ms()}}, "running": {"acme": 1}}
    pipeline.lanes.get(lane)
    spoil(pipeline, keys.lane(lane), **held)
