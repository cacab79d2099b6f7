"""JSON from strangers: one object, or one plain refusal."""

import json
from decimal import Decimal
from typing import Any, Final, Never

from reelwright.domain.errors import MalformedRequest

MAX_DIGITS: Final = 20
"""No number of the API has more; longer ones would only cost time and memory."""


def loads(data: bytes) -> dict[str, Any]:
    """The object in `data`; fractions come as Decimal. Raises MalformedRequest, which says what is wrong."""
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_fraction,
            parse_int=_whole,
        )
        canonical(value)
    except UnicodeError:
        raise MalformedRequest("The body is not valid UTF-8.") from None
    except RecursionError:
        raise MalformedRequest("The body is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise MalformedRequest(f"The body is not JSON: line {error.lineno}, column {error.colno}.") from None
    if not isinstance(value, dict):
        raise MalformedRequest("The body must be a JSON object.")
    return value


def canonical(value: object) -> bytes:
    """The same bytes for the same JSON value, however it was written. Raises UnicodeError on lone surrogates."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_number).encode()


def _number(value: object) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    return f"{value.normalize():f}"


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise MalformedRequest("The body names a field twice.")
    return fields


def _refuse_constant(name: str) -> Never:
    raise MalformedRequest(f"The body holds {name}, which is not JSON.")


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise MalformedRequest("The body holds a number with too many digits.")
    return int(text)


def _fraction(text: str) -> Decimal:
    value = Decimal(text) if len(text) <= MAX_DIGITS else None
    if value is None or (value and abs(value.adjusted()) > MAX_DIGITS):
        raise MalformedRequest("The body holds a number with too many digits.")
    return value + 0
