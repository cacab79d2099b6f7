"""A port whose adapter is made at its first use, so that a client nobody needs costs no cold start."""

from collections.abc import Callable
from typing import Any


class Lazy:
    """Stands for what `make` gives, and makes it when the first attribute is asked for."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._made: object | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = self._make()
        return getattr(self._made, name)
