"""The masters from which endpoints' secrets are derived, as they stand in one secret: each generation in a field."""

from collections.abc import Mapping
from typing import Final

NEWEST: Final = "newest_master"
"""The field that says which generation new secrets are derived from, as digits; the first when it is missing."""

_FIRST: Final = "master_key"


def field(generation: int) -> str:
    """Where the master of a generation stands; the first has the name that the deployment gave it."""
    return _FIRST if generation == 1 else f"{_FIRST}_{generation}"


def kept(fields: Mapping[str, object]) -> tuple[int, ...]:
    """The generations that are there, oldest first."""
    newest = int(str(fields.get(NEWEST, 1)))
    return tuple(number for number in range(1, newest + 1) if fields.get(field(number)))
