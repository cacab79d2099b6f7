"""Bodies near a JSON Schema: right, just past an edge, of the wrong type, with too much or too little."""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Schema = Mapping[str, Any]
TEXT = st.text(max_size=6) | st.sampled_from(
    ["", " ", "\x1c", "\x85", "\u2028", "\u200b", "\ufeff", "~/", "𝄞", "5", "é"]
)
NUMBERS = st.integers() | st.integers(-20, 20) | st.decimals(-20, 20, places=2) | st.sampled_from([10**19, -(10**18)])
ODD_NUMBERS = st.sampled_from([Decimal("5.0"), Decimal("0.0"), Decimal("1E+2"), Decimal("1E-19"), Decimal("1.000001")])
SCALARS = st.none() | st.booleans() | NUMBERS | ODD_NUMBERS | TEXT
STRANGE = st.recursive(
    SCALARS, lambda one: st.lists(one, max_size=3) | st.dictionaries(TEXT, one, max_size=3), max_leaves=4
)


def near(schema: Schema, root: Schema) -> SearchStrategy[Any]:
    """Values of which most fit the schema, or nearly."""
    return st.one_of(*[_fitting(schema, root)] * 12, STRANGE)


def _fitting(schema: Schema, root: Schema) -> SearchStrategy[Any]:
    if "$ref" in schema:
        return _fitting(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema:
        return st.one_of(*(_fitting(one, root) for one in schema["anyOf"]))
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    return _TYPES[schema["type"]](schema, root)


def _text(schema: Schema, _root: Schema) -> SearchStrategy[str]:
    edges = {schema.get("minLength", 0), schema.get("maxLength", 10)}
    sizes = sorted({max(0, edge + step) for edge in edges for step in (-1, 0, 1) if edge < 10_000})
    return TEXT | st.tuples(st.sampled_from("x𝄞 "), st.sampled_from(sizes)).map(lambda pair: pair[0] * pair[1])


def _number(schema: Schema, _root: Schema) -> SearchStrategy[Any]:
    least, most = schema.get("minimum", -50), schema.get("maximum", 50)
    edges = st.sampled_from([least - 1, least, most, most + 1])
    return st.integers(least, most) | edges | (ODD_NUMBERS if schema["type"] == "number" else edges)


def _list(schema: Schema, root: Schema) -> SearchStrategy[Any]:
    return st.lists(near(schema["items"], root), max_size=schema.get("maxItems", 3) + 1)


def _object(schema: Schema, root: Schema) -> SearchStrategy[Any]:
    if "properties" not in schema:
        names = _text(schema.get("propertyNames", {}), root)
        return st.dictionaries(names, near(schema["additionalProperties"], root), max_size=4) | _crowd(schema)
    members = {name: near(one, root) for name, one in schema["properties"].items()}
    wanted = {name: members[name] for name in schema.get("required", ())}
    rest = {name: one for name, one in members.items() if name not in wanted}
    fixed = st.fixed_dictionaries(wanted, optional=rest)
    extra = st.dictionaries(TEXT, SCALARS, max_size=2)
    less = st.tuples(fixed, st.sets(st.sampled_from(sorted(members)))).map(_without)
    return st.one_of(fixed, fixed, less, st.tuples(fixed, extra).map(lambda pair: pair[0] | pair[1]))


def _crowd(schema: Schema) -> SearchStrategy[dict[str, Any]]:
    most = schema.get("maxProperties", 3)
    keys = st.integers(max(0, most - 1), most + 2).map(lambda count: {str(one): "" for one in range(count)})
    return st.tuples(keys, st.dictionaries(TEXT, SCALARS, max_size=2)).map(lambda pair: pair[1] | pair[0])


def _without(pair: tuple[dict[str, Any], set[str]]) -> dict[str, Any]:
    return {name: value for name, value in pair[0].items() if name not in pair[1]}


_TYPES: Mapping[str, Callable[[Schema, Schema], SearchStrategy[Any]]] = {
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": lambda *_: st.booleans(),
    "null": lambda *_: st.none(),
    "array": _list,
    "object": _object,
}


def written(value: object) -> str:
    """The value as JSON text, decimals in their own spelling."""
    marked = json.dumps(value, default=lambda number: f"\ue000{number}\ue000")
    return re.sub(r'"\\ue000([^"]+)\\ue000"', r"\1", marked)
