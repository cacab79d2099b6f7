"""The state machine asks whether the task has ended."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.composition.poll import poll_task
from reelwright.observability import logger, metrics
from reelwright.tracing import traced


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True, correlation_id_path="job")
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, str]:  # noqa: ARG001 - Lambda's signature
    """`{"status": "terminal"}`. Raises StillGenerating."""
    return {"status": poll_task().poll(event["job"], int(event["attempt"]))}
