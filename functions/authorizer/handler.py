"""Tells API Gateway who is calling; it lets everybody through, and the functions answer 401 themselves."""

import time
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.api.keys import identify
from reelwright.api.routes import routed
from reelwright.composition.authorizer import tenants
from reelwright.observability import logger
from reelwright.tracing import traced


@traced
@logger.inject_lambda_context(clear_state=True, correlation_id_path="requestContext.requestId")
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Tenant, key, scopes, standing of a key that opens the route, or none. Raises when the table cannot be asked."""
    now_ms, route = time.time_ns() // 1_000_000, routed(event.get("routeKey", ""))
    return {"isAuthorized": True, "context": identify(event.get("headers") or {}, tenants(), now_ms, route)}
