"""The schema that submit reads bodies by, from the Pydantic model."""

import json
from collections.abc import Mapping
from typing import Any

from reelwright.api.video_request import VideoRequest
from tools.openapi.understood import understood

_TEXTS = frozenset({"title", "description"})


def text() -> str:
    """The schema as it is committed; NotUnderstood when the model says what the functions would not apply."""
    schema = understood(VideoRequest.model_json_schema())
    return json.dumps(_bare(schema), indent=1, ensure_ascii=False) + "\n"


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
