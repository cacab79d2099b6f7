"""The shapes of requests as data: what Pydantic says of their models, written down when the API changes.

`python -m tools.openapi` writes the files, so that no function has to import Pydantic (docs/decisions).
"""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from reelwright.api.schema import Reader
from reelwright.domain.errors import FieldError

if TYPE_CHECKING:
    from reelwright.api.schema import Schema

FOLDER = Path(__file__).parent


def shaped(shape: str, body: object) -> tuple[Any, tuple[FieldError, ...]]:
    """What was asked for, with the attributes of the model whose schema is `<shape>.json`, and all its faults."""
    reader = Reader(_schema(shape))
    return reader.read(body), tuple(reader.faults)


@cache
def _schema(shape: str) -> "Schema":
    return cast("Schema", json.loads(FOLDER.joinpath(f"{shape}.json").read_bytes()))
