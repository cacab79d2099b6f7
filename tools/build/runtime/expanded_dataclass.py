"""What classes that were expanded at build time need at run time; see tools/build/dataclass_expansion.py."""

from dataclasses import Field, make_dataclass
from typing import Any, Final

FACTORY: Final = object()
"""Stands for "call the default factory" in the signature of an expanded __init__."""


class Fields:
    """The `__dataclass_fields__` of an expanded class, made when somebody asks: `fields`, `asdict`, `replace`."""

    def __init__(self, names: tuple[str, ...], defaults: dict[str, Any]) -> None:
        self._names = names
        self._defaults = defaults

    def __getitem__(self, name: str) -> Any:
        """The default of a field, for the signature of __init__."""
        return self._defaults[name]

    def __get__(self, _instance: object, owner: type) -> dict[str, Field[Any]]:
        """Let the standard library make the fields of a class of the same shape, and keep them on the owner."""
        shape = [self._shape(name, owner.__annotations__[name]) for name in self._names]
        twin: Any = make_dataclass(owner.__name__, shape, init=False, repr=False, eq=False, frozen=True)
        owner.__dataclass_params__ = twin.__dataclass_params__  # type: ignore[attr-defined]
        found: dict[str, Field[Any]] = twin.__dataclass_fields__
        owner.__dataclass_fields__ = found  # type: ignore[attr-defined]
        return found

    def _shape(self, name: str, kind: Any) -> Any:
        return (name, kind, self._defaults[name]) if name in self._defaults else (name, kind)
