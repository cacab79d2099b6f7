"""A function's settings: a frozen dataclass read from the environment, once, and never half.

Dataclasses and not Pydantic here: its import is a tenth of a second of a cold start (docs/decisions).
"""

import os
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

Settings = TypeVar("Settings")


class MissingSetting(Exception):
    """The environment lacks a variable, or holds one that is not of its type."""


def read(settings: type[Settings], environ: Mapping[str, str] | None = None) -> Settings:
    """The settings; a field `lane_slots: int` is read from `LANE_SLOTS`. Raises MissingSetting naming it."""
    source = os.environ if environ is None else environ
    return settings(**{field.name: _value(field.name, field.type, source) for field in fields(settings)})  # type: ignore[arg-type]


def names(settings: type[Any]) -> frozenset[str]:
    """The environment variables that the settings are read from."""
    return frozenset(field.name.upper() for field in fields(settings))


def _value(name: str, kind: Any, source: Mapping[str, str]) -> object:
    variable = name.upper()
    if variable not in source:
        raise MissingSetting(variable)
    try:
        return PARSERS[kind](source[variable])
    except ValueError as error:
        raise MissingSetting(f"{variable}: {error}") from error


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


PARSERS: dict[Any, Any] = {str: str, int: int, tuple[str, ...]: _words}
