"""The schedule's minute, and every execution that failed → repairs."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.composition.sweep import sweep_up
from reelwright.domain.attempt import job_of
from reelwright.observability import logger, metrics


@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:  # noqa: ARG001 - Lambda's signature
    """How many repairs were made."""
    execution = event.get("detail", {}).get("name")
    if isinstance(execution, str):
        return {"repairs": int(sweep_up().execution_ended(job_of(execution)))}
    return {"repairs": sweep_up().sweep()}
