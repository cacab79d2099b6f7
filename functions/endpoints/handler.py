"""Calls about webhooks: a tenant's endpoints, their secrets, and what was sent to them."""

from collections.abc import Iterable
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.api import identifiers
from reelwright.api.answers import answer, no_content
from reelwright.api.auth import caller
from reelwright.api.paging import log_paging
from reelwright.api.reading import secret_rotation, webhook_change, webhook_creation
from reelwright.api.resolver import resolver
from reelwright.api.routes import WEBHOOKS_READ, WEBHOOKS_WRITE
from reelwright.api.webhook_views import delivery, webhook
from reelwright.composition import endpoints as parts
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import EventType
from reelwright.observability import logger, metrics
from reelwright.tracing import traced

app = resolver()


@app.post("/v1/webhooks")
def create_webhook() -> Response[Any]:
    """201 with the endpoint and its secret."""
    tenant, asked = _tenant(WEBHOOKS_WRITE), webhook_creation(app.current_event.raw_event)
    made, secret = parts.manage_endpoints().create(tenant, asked.url, _kinds(asked.events), asked.description)
    return answer(_shown(made) | {"secret": secret}, status=201, headers={"Location": f"/v1/webhooks/{made.id}"})


@app.get("/v1/webhooks")
def list_webhooks() -> Response[Any]:
    """The caller's endpoints."""
    found = parts.manage_endpoints().list(_tenant(WEBHOOKS_READ))
    return answer({"webhooks": [_shown(one) for one in found]})


@app.get("/v1/webhooks/<endpoint_id>")
def get_webhook(endpoint_id: str) -> Response[Any]:
    """One endpoint."""
    tenant = _tenant(WEBHOOKS_READ)
    return answer(_shown(parts.manage_endpoints().get(tenant, identifiers.endpoint_id(endpoint_id))))


@app.patch("/v1/webhooks/<endpoint_id>")
def change_webhook(endpoint_id: str) -> Response[Any]:
    """The endpoint with what was given replaced."""
    tenant, asked = _tenant(WEBHOOKS_WRITE), webhook_change(app.current_event.raw_event)
    changed = parts.manage_endpoints().update(
        tenant,
        identifiers.endpoint_id(endpoint_id),
        url=asked.url,
        events=None if asked.events is None else _kinds(asked.events),
        description=asked.description,
        status=asked.status,
    )
    return answer(_shown(changed))


@app.delete("/v1/webhooks/<endpoint_id>")
def delete_webhook(endpoint_id: str) -> Response[Any]:
    """204: the endpoint is forgotten."""
    tenant = _tenant(WEBHOOKS_WRITE)
    parts.manage_endpoints().delete(tenant, identifiers.endpoint_id(endpoint_id))
    return no_content()


@app.post("/v1/webhooks/<endpoint_id>/secret")
def rotate_webhook_secret(endpoint_id: str) -> Response[Any]:
    """201 with the endpoint and its new secret."""
    tenant, asked = _tenant(WEBHOOKS_WRITE), secret_rotation(app.current_event.raw_event)
    known = identifiers.endpoint_id(endpoint_id)
    rotated, secret = parts.manage_endpoints().rotate(tenant, known, asked.overlap_hours)
    return answer(_shown(rotated) | {"secret": secret}, status=201)


@app.post("/v1/webhooks/<endpoint_id>/test")
def test_webhook(endpoint_id: str) -> Response[Any]:
    """202 with the delivery of a test message."""
    tenant = _tenant(WEBHOOKS_WRITE)
    return answer(delivery(parts.manage_deliveries().test(tenant, identifiers.endpoint_id(endpoint_id))), status=202)


@app.get("/v1/webhooks/<endpoint_id>/deliveries")
def list_deliveries(endpoint_id: str) -> Response[Any]:
    """What was sent to the endpoint, newest first, and where the next page starts."""
    tenant, asked = _tenant(WEBHOOKS_READ), log_paging(app.current_event.query_string_parameters)
    known = identifiers.endpoint_id(endpoint_id)
    page = parts.manage_deliveries().deliveries(tenant, known, asked.limit, asked.before_rank)
    following = identifiers.cursor(page.next_id) if page.next_id else None
    return answer({"deliveries": [delivery(one) for one in page.deliveries], "next": following})


@app.post("/v1/webhooks/<endpoint_id>/deliveries/<delivery_id>/replay")
def replay_delivery(endpoint_id: str, delivery_id: str) -> Response[Any]:
    """202 with a new delivery of the same event."""
    tenant, known = _tenant(WEBHOOKS_WRITE), identifiers.endpoint_id(endpoint_id)
    again = parts.manage_deliveries().replay(tenant, known, identifiers.delivery_id(delivery_id))
    return answer(delivery(again), status=202)


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True, correlation_id_path="requestContext.requestId")
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one HTTP request."""
    return app.resolve(event, context)


def _tenant(scope: str) -> str:
    return caller(app.current_event.raw_event, scope).tenant


def _shown(endpoint: WebhookEndpoint) -> dict[str, object]:
    return webhook(endpoint, parts.manage_endpoints().clock.now_ms())


def _kinds(names: Iterable[str]) -> tuple[EventType, ...]:
    return tuple(EventType(name) for name in dict.fromkeys(names))
