"""One value against one schema, its parts left aside: what is wrong, in words that say what would be right."""

import re
from collections.abc import Mapping, Sized
from decimal import Decimal
from typing import Any, Final

Schema = Mapping[str, Any]
_KINDS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "string": ((str,), "text"),
    "integer": ((int,), "a whole number"),
    "number": ((int, Decimal), "a number"),
    "boolean": ((bool,), "true or false"),
    "object": ((dict,), "an object"),
    "array": ((list,), "a list"),
}
_SIZES: Final = {
    "string": ("minLength", "maxLength", "characters"),
    "array": ("minItems", "maxItems", "items"),
    "object": ("minProperties", "maxProperties", "entries"),
}


def fault_of(value: Any, schema: Schema) -> str | None:
    """What is wrong with the value itself; None when nothing is."""
    kind = schema["type"]
    allowed = schema["enum"] if "enum" in schema else [schema["const"]] if "const" in schema else None
    types, called = _KINDS[kind]
    if not _is_a(value, types):
        return _one_of(allowed) if allowed else f"must be {called}"
    if allowed is not None:
        return None if value in allowed else _one_of(allowed)
    if kind in _SIZES:
        return length_fault(value, schema, "it", kind) or _pattern_fault(value, schema)
    return _range_fault(value, schema)


def length_fault(value: Sized, schema: Schema, subject: str, kind: str = "string") -> str | None:
    """What is wrong with the number of characters, items or entries."""
    least_key, most_key, unit = _SIZES[kind]
    least, most = schema.get(least_key, 0), schema.get(most_key)
    if len(value) >= least and (most is None or len(value) <= most):
        return None
    return f"{subject} must have {_span(least or None, most)} {unit}"


def _is_a(value: object, types: tuple[type, ...]) -> bool:
    """JSON's true and false are no numbers, whatever Python says."""
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))


def number(value: int | Decimal) -> Decimal:
    """A number that may have a fraction."""
    return value if isinstance(value, Decimal) else Decimal(value)


def _range_fault(value: Any, schema: Schema) -> str | None:
    least, most = schema.get("minimum"), schema.get("maximum")
    if (least is None or value >= least) and (most is None or value <= most):
        return None
    return f"must be {_span(least, most)}"


def _pattern_fault(value: Any, schema: Schema) -> str | None:
    pattern = schema.get("pattern")
    return None if pattern is None or re.search(pattern, value) else f"must match the expression {pattern}"


def _span(least: int | None, most: int | None) -> str:
    if least is None:
        return f"at most {most}"
    return f"at least {least}" if most is None else f"from {least} to {most}"


def _one_of(allowed: list[object]) -> str:
    return f"must be one of {', '.join(map(str, allowed))}"
