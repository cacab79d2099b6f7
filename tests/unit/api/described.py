"""Holds an answer against the committed description of the API."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from reelwright.api.routes import ROUTES
from tools.openapi.document import COMMITTED


@cache
def document() -> dict[str, Any]:
    """The committed description."""
    return dict(json.loads(COMMITTED.read_text()))


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """A validator for a schema that refers to the document's components."""
    return Draft202012Validator({**schema, "components": document()["components"]})


def conforms(method: str, path: str, status: int, headers: Mapping[str, str], text: str) -> None:
    """Fail unless the description knows the status, the media type and the body of this answer."""
    route = next((one for one in ROUTES if one.method == method and one.matches(path)), None)
    if route is None:
        validator({"$ref": "#/components/schemas/Problem"}).validate(json.loads(text))
        return
    described = document()["paths"][route.path][method.lower()]["responses"]
    assert str(status) in described, f"{method} {route.path} never says {status}"
    content = described[str(status)].get("content", {})
    if content:
        validator(content[headers["Content-Type"]]["schema"]).validate(json.loads(text))
    else:
        assert not text
