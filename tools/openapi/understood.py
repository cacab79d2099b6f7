"""Refuses a schema that says more than the functions read: an unknown keyword would be a rule that nobody applies."""

from collections.abc import Mapping
from typing import Final

from reelwright.api.schema import Reader, Schema

NOTES: Final = frozenset({"title", "description", "default", "examples", "$defs"})
"""Keywords that no value can break; `default` is read where a field is missing."""

SIZE: Final = frozenset({"minLength", "maxLength"})
KEYWORDS: Final[Mapping[str, frozenset[str]]] = {
    "string": SIZE | {"pattern", "enum", "const"},
    "integer": frozenset({"minimum", "maximum", "enum", "const"}),
    "number": frozenset({"minimum", "maximum"}),
    "boolean": frozenset(),
    "array": frozenset({"items", "minItems", "maxItems"}),
}
RECORD: Final = frozenset({"properties", "required", "additionalProperties"})
MAP: Final = frozenset({"additionalProperties", "propertyNames", "minProperties", "maxProperties"})


class NotUnderstood(Exception):
    """The schema uses a keyword, or a form of one, that `reelwright.api.schema` does not read."""


def understood(schema: Schema) -> Schema:
    """The schema, when every rule of it is applied at run time. Raises NotUnderstood."""
    for name, one in schema.get("$defs", {}).items():
        _check(one, f"$defs/{name}")
    _check(schema, "")
    for record in (schema, *schema.get("$defs", {}).values()):
        _check_defaults(record.get("properties", {}), schema.get("$defs", {}))
    return schema


def _check_defaults(members: Mapping[str, Schema], definitions: Mapping[str, Schema]) -> None:
    """Each default is a value of its field: Pydantic shows that of a Decimal as text."""
    for name, one in members.items():
        reader = Reader({**one, "$defs": definitions})
        if "default" in one:
            reader.read(one["default"])
        _demand(not reader.faults, name)


def _check(schema: Schema, at: str) -> None:
    if "$ref" in schema:
        _demand(schema.keys() <= NOTES | {"$ref"} and schema["$ref"].startswith("#/$defs/"), at)
    elif "anyOf" in schema:
        _demand(schema.keys() <= NOTES | {"anyOf"} and schema["anyOf"][1:] == [{"type": "null"}], at)
        _check(schema["anyOf"][0], at)
    elif schema.get("type") == "object":
        _check_object(schema, at)
    else:
        known = KEYWORDS.get(str(schema.get("type")))
        _demand(known is not None and schema.keys() <= NOTES | {"type"} | known, at)
        if schema["type"] == "array":
            _check(schema.get("items", {}), f"{at}/items")


def _check_object(schema: Schema, at: str) -> None:
    if "properties" not in schema:
        _demand(schema.keys() <= NOTES | {"type"} | MAP and "additionalProperties" in schema, at)
        _demand(schema.get("propertyNames", {}).keys() <= SIZE, at)
        _check(schema["additionalProperties"], f"{at}/*")
        return
    _demand(schema.keys() <= NOTES | {"type"} | RECORD and schema.get("additionalProperties") is False, at)
    for name, one in schema["properties"].items():
        _demand("default" in one or name in schema.get("required", ()), f"{at}/{name}")
        _check(one, f"{at}/{name}")


def _demand(holds: bool, at: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise NotUnderstood(at or "/")
