"""A schema is only packaged when every rule in it is applied."""

from typing import Any

import pytest
from pydantic import BaseModel

from tools.openapi.request_shape import SHAPES
from tools.openapi.understood import NotUnderstood, understood


def record(**member: Any) -> dict[str, Any]:
    """A schema of an object with one required member."""
    return {"type": "object", "properties": {"a": member}, "required": ["a"], "additionalProperties": False}


@pytest.mark.parametrize("model", SHAPES.values())
def test_the_requests_are_understood(model: type[BaseModel]) -> None:
    """The models that are served say nothing that would go unread."""
    schema = model.model_json_schema()
    assert understood(schema) is schema


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": ["string", "null"]},
        {"type": "string", "format": "uri"},
        {"type": "integer", "multipleOf": 2},
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "object"},
        {"type": "object", "properties": {}},
        {"type": "object", "properties": {}, "additionalProperties": True},
        {"type": "object", "additionalProperties": {"type": "string", "format": "date"}},
        {"type": "object", "additionalProperties": {"type": "string"}, "propertyNames": {"pattern": "a"}},
        record(type="string") | {"required": []},
        record(type="string") | {"minProperties": 1},
        record(anyOf=[{"type": "string"}, {"type": "integer"}]),
        record(anyOf=[{"type": "string"}, {"type": "null"}], oneOf=[]),
        record(type="number", default="0"),
        record(type="array"),
        record(type="array", items={"type": "string", "contentEncoding": "base64"}),
        {"$ref": "https://example.com/schema"},
        {"$defs": {"A": {"not": {}}}, "$ref": "#/$defs/A"},
    ],
)
def test_a_rule_that_nobody_would_apply_is_refused(schema: dict[str, Any]) -> None:
    """Unknown keywords, known ones in forms that are not read, and fields that are optional without a default."""
    with pytest.raises(NotUnderstood):
        understood(schema)
