"""Functions of ministack put into other words, where it looks them up by name."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

Function = Callable[..., Any]


class OtherMinistack(RuntimeError):
    """The installed ministack is not the one that is known here."""


def replace(module: ModuleType, name: str, wrap: Callable[[Function], Function]) -> None:
    """Put what `wrap` makes of a function in its place. Raises OtherMinistack."""
    known = getattr(module, name, None)
    if not callable(known):
        raise OtherMinistack(f"{module.__name__} has no function {name}")
    setattr(module, name, wrap(known))
