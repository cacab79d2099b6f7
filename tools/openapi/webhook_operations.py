"""The calls about webhooks, declared with types for Powertools to read. What answers at run time is in `functions/`."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from reelwright.api.paging import DEFAULT_LIMIT
from reelwright.api.webhook_requests import SecretRotation, WebhookChange, WebhookCreation
from tools.openapi import webhook_examples as examples
from tools.openapi import webhook_schemas as schemas
from tools.openapi.declare import LOCATION, Cursor, Limit, empty, ok, webhooks

EndpointId = Annotated[str, Path(description="The endpoint's id.")]
DeliveryId = Annotated[str, Path(description="The delivery's id.")]
Creation = Annotated[WebhookCreation, Body(openapi_examples=examples.CREATIONS)]
Change = Annotated[WebhookChange, Body(openapi_examples=examples.CHANGES)]
Rotation = Annotated[SecretRotation | None, Body(openapi_examples=examples.ROTATIONS)]


@webhooks(
    "POST /v1/webhooks",
    "createWebhook",
    "Have events sent to you",
    description="Messages are signed as Standard Webhooks 1.0 says. The secret is shown here and never again.",
    good=ok(
        schemas.WebhookWithSecret,
        "The endpoint and its secret.",
        status=201,
        headers={"Location": LOCATION},
        shown={"created": {"value": examples.WITH_SECRET}},
    ),
    refusals=(400, 409, 413, 415, 422, 503),
)
def create_webhook(body: Creation) -> None:
    """Declared only."""


@webhooks(
    "GET /v1/webhooks",
    "listWebhooks",
    "Your endpoints",
    good=ok(schemas.Webhooks, "All of them.", shown={"one": {"value": {"webhooks": [examples.WEBHOOK]}}}),
    refusals=(503,),
)
def list_webhooks() -> None:
    """Declared only."""


@webhooks(
    "GET /v1/webhooks/<endpoint_id>",
    "getWebhook",
    "One endpoint",
    good=ok(schemas.Webhook, "The endpoint.", shown={"enabled": {"value": examples.WEBHOOK}}),
    refusals=(404, 503),
)
def get_webhook(endpoint_id: EndpointId) -> None:
    """Declared only."""


@webhooks(
    "PATCH /v1/webhooks/<endpoint_id>",
    "changeWebhook",
    "Change an endpoint",
    good=ok(schemas.Webhook, "The endpoint as it is now."),
    refusals=(400, 404, 413, 415, 422, 503),
)
def change_webhook(endpoint_id: EndpointId, body: Change) -> None:
    """Declared only."""


@webhooks(
    "DELETE /v1/webhooks/<endpoint_id>",
    "deleteWebhook",
    "Forget an endpoint",
    description="Nothing is sent there any more; deliveries that wait are abandoned.",
    good=empty(204, "It is gone."),
    refusals=(404, 503),
)
def delete_webhook(endpoint_id: EndpointId) -> None:
    """Declared only."""


@webhooks(
    "POST /v1/webhooks/<endpoint_id>/secret",
    "rotateWebhookSecret",
    "A new secret",
    description="Until the overlap ends, messages carry a signature by each secret. Without a body it is 24 hours.",
    good=ok(
        schemas.WebhookWithSecret,
        "The endpoint and its new secret.",
        status=201,
        shown={"rotated": {"value": examples.WITH_SECRET}},
    ),
    refusals=(400, 404, 409, 413, 415, 503),
)
def rotate_webhook_secret(endpoint_id: EndpointId, body: Rotation = None) -> None:
    """Declared only."""


@webhooks(
    "POST /v1/webhooks/<endpoint_id>/test",
    "testWebhook",
    "Send a test message",
    description="It counts as one of your requests a minute, as a new video does.",
    good=ok(schemas.Delivery, "On its way.", status=202, shown={"sent": {"value": examples.DELIVERY}}),
    refusals=(404, 409, 429, 503),
)
def test_webhook(endpoint_id: EndpointId) -> None:
    """Declared only."""


@webhooks(
    "GET /v1/webhooks/<endpoint_id>/deliveries",
    "listDeliveries",
    "What was sent, newest first",
    description="Deliveries are kept for 30 days.",
    good=ok(schemas.DeliveryPage, "A page."),
    refusals=(400, 404, 503),
)
def list_deliveries(endpoint_id: EndpointId, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> None:
    """Declared only."""


@webhooks(
    "POST /v1/webhooks/<endpoint_id>/deliveries/<delivery_id>/replay",
    "replayDelivery",
    "Send a message again",
    description="A new delivery of the same event, under the same `webhook-id`. It counts as one of your requests a "
    "minute, as a new video does.",
    good=ok(schemas.Delivery, "On its way.", status=202, shown={"sent": {"value": examples.DELIVERY}}),
    refusals=(404, 409, 429, 503),
)
def replay_delivery(endpoint_id: EndpointId, delivery_id: DeliveryId) -> None:
    """Declared only."""
