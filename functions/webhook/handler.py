"""Kling's callbacks."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.api.answers import answer
from reelwright.api.raw_body import raw_body
from reelwright.api.resolver import resolver
from reelwright.composition.webhook import receive_callback
from reelwright.observability import logger, metrics
from reelwright.tracing import traced

MAX_CALLBACK_BYTES = 262_144
app = resolver()


@app.post("/webhooks/kling/<capability>")
def kling(capability: str) -> Response[Any]:
    """200 for whatever comes to an address that we made; what it says is only a hint."""
    event = app.current_event
    receive_callback().receive(capability, event.headers, raw_body(event.raw_event, MAX_CALLBACK_BYTES))
    return answer({"received": True})


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True, correlation_id_path="requestContext.requestId")
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one HTTP request."""
    return app.resolve(event, context)
