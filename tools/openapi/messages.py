"""What Reelwright sends to the endpoints of tenants: the `webhooks` of the description (OpenAPI 3.1)."""

from typing import Any, Final

from pydantic import BaseModel

from reelwright.domain.event import OF_VIDEOS, EventType
from tools.openapi import webhook_examples as examples
from tools.openapi.webhook_schemas import TestMessage, VideoMessage

HEADERS: Final = {
    "webhook-id": "The event's id: the same at every attempt and replay, so remember it to take each event once.",
    "webhook-timestamp": "Seconds since 1970 at this attempt; refuse what is more than five minutes off.",
    "webhook-signature": "`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one for each live secret.",
}


def webhooks() -> dict[str, Any]:
    """One entry for each type of event."""
    videos = {str(kind): _sent(kind, VideoMessage, examples.MESSAGE | {"type": str(kind)}) for kind in OF_VIDEOS}
    return videos | {str(EventType.TEST): _sent(EventType.TEST, TestMessage, examples.TEST)}


def _sent(kind: EventType, model: type[BaseModel], example: dict[str, Any]) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    content = {"application/json": {"schema": schema, "examples": {"message": {"value": example}}}}
    operation = {
        "operationId": f"on{kind.detail_type}",
        "tags": ["webhooks"],
        "summary": f"Sent to your endpoint: {kind}",
        "parameters": [_header(name, description) for name, description in HEADERS.items()],
        "requestBody": {"required": True, "content": content},
        "responses": {
            "2XX": {"description": "Taken."},
            "410": {"description": "Gone for good: the endpoint is disabled."},
            "default": {"description": "Not taken, redirects included: it is tried again for three days."},
        },
    }
    return {"post": operation}


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": description, "schema": {"type": "string"}}
