"""What the system tells about itself: structured logs and CloudWatch metrics in embedded metric format.

A neutral module: use cases speak to it, and it alone knows Powertools.
"""

import warnings
from collections.abc import Mapping
from typing import Final

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

NAMESPACE: Final = "Reelwright"

# Most invocations of some functions count nothing, and each would print this.
warnings.filterwarnings("ignore", message="No application metrics to publish", category=UserWarning)

logger: Final = Logger(log_uncaught_exceptions=True)
metrics: Final = Metrics(namespace=NAMESPACE)


class PowertoolsTelemetry:
    """Counts through Powertools: one dimension (`service`), facts as metadata, so no fact costs a series."""

    def count(self, metric: str, value: float = 1, *, facts: Mapping[str, str] | None = None) -> None:
        """See `ports.Telemetry.count`."""
        metrics.add_metric(name=metric, unit=MetricUnit.Count, value=value)
        for name, fact in (facts or {}).items():
            metrics.add_metadata(key=name, value=fact)

    def job(self, job_id: str) -> None:
        """See `ports.Telemetry.job`."""
        logger.append_keys(job_id=job_id, correlation_id=job_id)

    def note(self, message: str, **facts: object) -> None:
        """See `ports.Telemetry.note`."""
        logger.info(message, extra=facts)

    def trouble(self, message: str, **facts: object) -> None:
        """See `ports.Telemetry.trouble`."""
        logger.warning(message, extra=facts)
