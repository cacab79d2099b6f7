"""The whole document, from the declared operations."""

import json
import re
from pathlib import Path
from typing import Any, Final

from aws_lambda_powertools.event_handler.openapi.models import APIKey, HTTPBearer

from tools.openapi import service_operations, video_operations, webhook_operations
from tools.openapi.declare import app
from tools.openapi.messages import webhooks
from tools.openapi.problems import explained

COMMITTED: Final = Path(__file__).resolve().parents[2] / "docs/openapi.json"
DECLARED: Final = (video_operations, webhook_operations, service_operations)
"""Importing these modules declares their calls on `app`."""

ABOUT: Final = (
    "Ask for a video, come back for it. Every answer is JSON; every error is `application/problem+json` with a stable "
    "`code`. Amounts are decimal strings in Kling's video units and in US dollars at list price."
)


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def document() -> dict[str, Any]:
    """The document: what Powertools generates, without leftovers, with the meaning of each error code."""
    generated: dict[str, Any] = json.loads(
        app.get_openapi_json_schema(
            title="Reelwright",
            version="1.0.0",
            description=ABOUT,
            security_schemes={
                "bearer": HTTPBearer(description="An API key, `rw_…`.", bearerFormat="rw_…"),
                "apiKey": APIKey.model_validate(
                    {"name": "X-Api-Key", "in": "header", "description": "The same API key."}
                ),
            },
        )
    )
    generated["webhooks"] = webhooks()
    _drop_unused(generated)
    _unwrap_optional_bodies(generated)
    return generated | {"x-problems": explained()}


def _drop_unused(generated: dict[str, Any]) -> None:
    """Powertools always adds the shapes of its own validation errors; ours are problems."""
    schemas = generated["components"]["schemas"]
    while True:
        used = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(generated)))
        if schemas.keys() <= used:
            return
        for name in schemas.keys() - used:
            del schemas[name]


def _unwrap_optional_bodies(generated: dict[str, Any]) -> None:
    """A body that may be missing is not a body that may be `null`."""
    for operation in (one for path in generated["paths"].values() for one in path.values()):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            if "anyOf" in content["schema"]:
                content["schema"] = content["schema"]["anyOf"][0]
