"""The shape of a request as data: what Pydantic says of `VideoRequest`, written down when the API changes.

`python -m tools.openapi` writes the file, so that no function has to import Pydantic (docs/decisions).
"""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reelwright.api.schema import Reader
from reelwright.domain.errors import FieldError

if TYPE_CHECKING:
    from reelwright.api.schema import Schema
    from reelwright.api.video_request import VideoRequest

FILE = Path(__file__).with_name("video_request.json")


def video_request(body: object) -> "tuple[VideoRequest, tuple[FieldError, ...]]":
    """What was asked for, with the attributes of the model, and everything that is wrong with it."""
    reader = Reader(_schema())
    return cast("VideoRequest", reader.read(body)), tuple(reader.faults)


@cache
def _schema() -> "Schema":
    return cast("Schema", json.loads(FILE.read_bytes()))
