"""What the system tells about itself: structured logs and CloudWatch metrics in embedded metric format.

A neutral module: use cases speak to it, and it alone knows Powertools.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import AmazonCloudWatchEMFProvider

from reelwright.tracing import about

NAMESPACE: Final = "Reelwright"
NAMELESS: Final = "service_undefined"

# At DEBUG these write down what they send: prompts, secrets, signed links.
for _chatty in ("boto3", "botocore", "urllib3"):
    logging.getLogger(_chatty).setLevel(logging.WARNING)


class Lines(AmazonCloudWatchEMFProvider):
    """The metrics of one invocation: a line for the service, and one for each value of a dimension and each job.

    A line with a dimension feeds two series, one of the value and one of the service. Lines carry the job that they
    are about as metadata: searchable, and no series of its own.
    """

    def __init__(self) -> None:
        super().__init__(namespace=NAMESPACE)
        self.about: dict[str, str] = {}
        self._aside: dict[tuple[str, str, str], AmazonCloudWatchEMFProvider] = {}

    def line(self, dimension: tuple[str, str] | None) -> AmazonCloudWatchEMFProvider:
        """The line to which a metric with this dimension belongs."""
        found: AmazonCloudWatchEMFProvider = self
        if dimension is not None:
            key = (*dimension, self.about.get("job_id", ""))
            found = self._aside.get(key) or self._aside.setdefault(key, self._new(*dimension))
        found.metadata_set.update(self.about)
        return found

    def _new(self, name: str, value: str) -> AmazonCloudWatchEMFProvider:
        service = self.service or NAMELESS
        made = AmazonCloudWatchEMFProvider(namespace=NAMESPACE, service=service)
        made.add_dimensions(**{"service": service, name: value})
        return made

    def flush_metrics(self, raise_on_empty_metrics: bool = False) -> None:  # noqa: FBT001, FBT002 - Powertools' own
        """Print every line that says something; most invocations of some functions say nothing."""
        for line in (*self._aside.values(), self):
            if line.metric_set:
                AmazonCloudWatchEMFProvider.flush_metrics(line, raise_on_empty_metrics)
        self.clear_metrics()

    def clear_metrics(self) -> None:
        """Forget everything that was not printed."""
        self._aside.clear()
        self.about.clear()
        super().clear_metrics()


lines: Final = Lines()
logger: Final = Logger(log_uncaught_exceptions=True)
metrics: Final = Metrics(provider=lines)


class PowertoolsTelemetry:
    """Counts through Powertools. Facts are metadata, so that no fact costs a series; a dimension is one, and costs."""

    def count(
        self,
        metric: str,
        value: float = 1,
        *,
        facts: Mapping[str, str] | None = None,
        dimension: tuple[str, str] | None = None,
    ) -> None:
        """See `ports.Telemetry.count`."""
        self.measure(metric, value, "Count", dimension=dimension)
        lines.line(dimension).metadata_set.update(facts or {})

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        """See `ports.Telemetry.measure`."""
        lines.line(dimension).add_metric(name=metric, unit=unit, value=value)

    def job(self, job_id: str) -> None:
        """See `ports.Telemetry.job`."""
        told: dict[str, Any] = {"job_id": job_id or None, "correlation_id": job_id or None}
        logger.append_keys(**told)
        lines.about = {"job_id": job_id} if job_id else {}
        about(job_id)

    def note(self, message: str, **facts: object) -> None:
        """See `ports.Telemetry.note`."""
        logger.info(message, extra=facts, stacklevel=3)

    def trouble(self, message: str, **facts: object) -> None:
        """See `ports.Telemetry.trouble`."""
        logger.warning(message, extra=facts, stacklevel=3)
