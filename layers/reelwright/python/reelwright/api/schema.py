"""JSON values against a JSON Schema: the part of the language that Pydantic writes for our models.

All faults are found, each with its JSON pointer (RFC 6901), and what is missing gets its default. Values are those of
`strict_json.loads`: fractions are Decimal, text is Unicode. A whole number stays an integer only where the schema says
so, and 5.0 is none; where it says number, it becomes a Decimal. The build refuses a schema with a keyword that is not
read here (`tools.openapi.understood`).
"""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from reelwright.api.schema_scalars import fault_of, length_fault, number
from reelwright.domain.errors import FieldError

Schema = Mapping[str, Any]


class Reader:
    """Reads values by a schema; `faults` holds what was wrong so far."""

    def __init__(self, schema: Schema) -> None:
        self.faults: list[FieldError] = []
        self._root = schema

    def read(self, value: object) -> Any:
        """The value with its defaults: objects of named properties as namespaces, maps as dicts."""
        return self._value(value, self._root, "")

    def _value(self, value: object, schema: Schema, at: str) -> Any:
        if "$ref" in schema:
            return self._value(value, self._root["$defs"][schema["$ref"].rpartition("/")[2]], at)
        if "anyOf" in schema:  # something, or null
            return None if value is None else self._value(value, schema["anyOf"][0], at)
        fault = fault_of(value, schema)
        if fault:
            self._fault(at, fault)
            return None
        return self._taken(value, schema, at)

    def _taken(self, value: Any, schema: Schema, at: str) -> Any:
        """A value that is of its type, its parts read."""
        kind = schema["type"]
        if kind == "object":
            return self._record(value, schema, at) if "properties" in schema else self._map(value, schema, at)
        if kind == "array":
            return [self._value(item, schema["items"], f"{at}/{index}") for index, item in enumerate(value)]
        return number(value) if kind == "number" else value

    def _record(self, value: dict[str, object], schema: Schema, at: str) -> SimpleNamespace:
        known = schema["properties"]
        record = SimpleNamespace(**{name: self._member(value, name, schema, at) for name in known})
        for name in value:
            if name not in known:
                self._fault(_below(at, name), f"there is no such field; there are {', '.join(known)}")
        return record

    def _member(self, value: dict[str, object], name: str, schema: Schema, at: str) -> Any:
        member, place = schema["properties"][name], _below(at, name)
        if name in value:
            return self._value(value[name], member, place)
        if name in schema.get("required", ()):
            return self._fault(place, "is missing")
        return self._value(member["default"], member, place)

    def _map(self, value: dict[str, object], schema: Schema, at: str) -> dict[str, Any]:
        for name in value:
            fault = length_fault(name, schema.get("propertyNames", {}), "the name")
            if fault:
                self._fault(_below(at, name), fault)
        return {name: self._value(one, schema["additionalProperties"], _below(at, name)) for name, one in value.items()}

    def _fault(self, pointer: str, detail: str) -> None:
        self.faults.append(FieldError(pointer, detail))


def _below(at: str, name: str) -> str:
    return f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
