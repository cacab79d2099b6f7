"""Typed reading of one field of a create body; whatever does not fit is 1201."""

from typing import Any

from tests.simulators.kling.errors import bad_value
from tests.simulators.kling.wire import Json


def text(body: Json, name: str, limit: int | None = None) -> str:
    """Return a string field, empty when absent; `limit` counts characters."""
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise bad_value(f"{name} must be a string")
    if value.encode(errors="replace").decode() != value:
        raise bad_value(f"{name} has characters that are no text")
    if limit is not None and len(value) > limit:
        raise bad_value(f"{name} must not exceed {limit} characters")
    return value


def choice(body: Json, name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return a string field out of `allowed`."""
    value = text(body, name) or default
    if value not in allowed:
        raise bad_value(f"{name} must be one of {', '.join(allowed)}")
    return value


def flag(body: Json, name: str) -> bool:
    """Return a boolean field, false when absent."""
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise bad_value(f"{name} must be a boolean")
    return value


def items(body: Json, name: str, limit: int) -> list[Json]:
    """Return a list of objects, empty when absent."""
    value = body.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise bad_value(f"{name} must be a list of objects")
    if len(value) > limit:
        raise bad_value(f"{name} must not have more than {limit} items")
    return value


def mapping(body: Json, name: str) -> Json:
    """Return an object field, empty when absent."""
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_value(f"{name} must be an object")
    return value


def is_number(value: Any) -> bool:
    """Say whether a JSON value is a number; booleans are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)
