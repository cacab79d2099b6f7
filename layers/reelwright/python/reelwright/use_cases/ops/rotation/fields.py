"""Fields of a secret, read with care: people write them, too."""

from collections.abc import Mapping
from typing import Final

KNOWN_AFTER_MS: Final = 300_000
"""After this time every function has read a secret again."""


def texts(fields: Mapping[str, object], name: str) -> list[str]:
    """A list of texts; empty when the field is missing or none."""
    values = fields.get(name)
    return [str(value) for value in values] if isinstance(values, list) else []


def number(value: object) -> int:
    """A whole number; 0 for anything else."""
    return value if isinstance(value, int) else 0
