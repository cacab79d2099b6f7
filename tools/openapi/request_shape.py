"""The schemas that functions read bodies by, from the Pydantic models."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from reelwright.api.request_schema import FOLDER
from reelwright.api.video_request import VideoRequest
from reelwright.api.webhook_requests import SecretRotation, WebhookChange, WebhookCreation
from tools.openapi.understood import understood

SHAPES: Final[Mapping[str, type[BaseModel]]] = {
    "secret_rotation": SecretRotation,
    "video_request": VideoRequest,
    "webhook_change": WebhookChange,
    "webhook_creation": WebhookCreation,
}
_TEXTS = frozenset({"title", "description"})


def files() -> Iterator[tuple[Path, str]]:
    """Each schema's file and text; NotUnderstood when a model says what the functions would not apply."""
    for shape, model in SHAPES.items():
        schema = _bare(understood(model.model_json_schema()))
        yield FOLDER / f"{shape}.json", json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _bare(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Without the texts, which docs/openapi.json shows; names of properties stay whatever they are."""
    bare = {key: value for key, value in schema.items() if key not in _TEXTS}
    for group in ("properties", "$defs"):
        if group in bare:
            bare[group] = {name: _bare(one) for name, one in bare[group].items()}
    for part in ("items", "additionalProperties", "propertyNames"):
        if isinstance(bare.get(part), dict):
            bare[part] = _bare(bare[part])
    return bare | ({"anyOf": [_bare(one) for one in bare["anyOf"]]} if "anyOf" in bare else {})
