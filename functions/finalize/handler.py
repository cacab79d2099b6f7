"""The state machine's last step: the result into the bucket, the job to its end."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.composition.finalize import finalize_job
from reelwright.observability import logger, metrics
from reelwright.tracing import traced


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True, correlation_id_path="job")
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, str]:  # noqa: ARG001 - Lambda's signature
    """The job's status. Raises StillGenerating, FinalizeBusy, CopyFailed, ProviderUnavailable."""
    return {"status": finalize_job().finalize(event["job"], int(event["attempt"]))}
