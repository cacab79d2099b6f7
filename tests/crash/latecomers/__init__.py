"""In each probe somebody comes late with what was true before, and must not write it. A probe says what it broke."""

from collections.abc import Callable, Iterator

Probe = Callable[[], Iterator[str]]
