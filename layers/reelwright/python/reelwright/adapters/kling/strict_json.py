"""JSON from strangers: whatever is odd about it ends as one error."""

import json
from decimal import Decimal
from typing import Final, Never

MAX_BYTES: Final = 1 << 20


class BadJson(ValueError):
    """Too large, not UTF-8, not JSON, too deep, with duplicate keys, NaN, huge numbers or lone surrogates."""


def loads(body: bytes, max_bytes: int = MAX_BYTES) -> object:
    """Read UTF-8 JSON; fractions come as `Decimal`. Raises BadJson."""
    if len(body) > max_bytes:
        raise BadJson("larger than allowed")
    try:
        value: object = json.loads(
            body.decode(), object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=Decimal
        )
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise BadJson(type(error).__name__) from None
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("duplicate keys")
    return fields


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)


def text(value: object, limit: int = 500) -> str:
    """A string or whole number as text of at most `limit` characters, anything else as ""."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)[:limit]


def section(value: object, name: str) -> dict[str, object]:
    """The object under `name`, or an empty one."""
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}
