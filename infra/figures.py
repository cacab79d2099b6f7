"""Metrics for alarms and dashboards. Our own are named by the catalogue: a name that nobody counts cannot be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from reelwright.domain.metrics import CATALOGUE, NAMESPACE, Metric

TOTAL = "Sum"
HIGHEST = "Maximum"
LOWEST = "Minimum"
PERCENTILES = ("p50", "p90", "p99")


class UnknownMetricError(Exception):
    """The catalogue has no such metric, or not that dimension."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Metrics of our own, of one stage: its name is in the service's, for an account may hold several stages."""

    service: str

    def __call__(
        self, name: str, statistic: str = TOTAL, minutes: int = 5, *, value: str = "", label: str = ""
    ) -> cloudwatch.Metric:
        """The whole of a metric, or the series of one value of its dimension. Raises UnknownMetricError."""
        metric = _known(name)
        if value and not metric.dimension:
            raise UnknownMetricError(f"{name} has no dimension")
        dimensions = {"service": self.service} | ({metric.dimension: value} if value else {})
        return theirs(NAMESPACE, name, dimensions, statistic, minutes, label=label)

    def spread(self, name: str) -> list[cloudwatch.IMetric]:
        """The usual value of a metric, and how far the slow ones are from it. Raises UnknownMetricError."""
        return [self(name, statistic, label=statistic) for statistic in PERCENTILES]

    def each(self, name: str, statistic: str = TOTAL, minutes: int = 5) -> cloudwatch.MathExpression:
        """A series for every value of a metric's dimension, whatever values there are. Raises UnknownMetricError."""
        metric = _known(name)
        if not metric.dimension:
            raise UnknownMetricError(f"{name} has no dimension")
        keys = ",".join(sorted(("service", metric.dimension)))
        wanted = f'{{{NAMESPACE},{keys}}} MetricName="{name}" service="{self.service}"'
        return cloudwatch.MathExpression(
            expression=f"SEARCH('{wanted}', '{statistic}')",
            using_metrics={},
            label=statistic if statistic.startswith("p") else "",
            period=Duration.minutes(minutes),
        )


def theirs(  # noqa: PLR0913 - the parts of a CloudWatch metric
    namespace: str, name: str, dimensions: Mapping[str, str], statistic: str, minutes: int, *, label: str = ""
) -> cloudwatch.Metric:
    """Any metric. One with a label cannot be an alarm's only one without becoming mathematics."""
    return cloudwatch.Metric(
        namespace=namespace,
        metric_name=name,
        dimensions_map=dict(dimensions),
        statistic=statistic,
        period=Duration.minutes(minutes),
        label=label or None,
    )


def worked_out(
    expression: str, using: Mapping[str, cloudwatch.IMetric], minutes: int = 5, *, label: str = ""
) -> cloudwatch.MathExpression:
    """Metric mathematics."""
    return cloudwatch.MathExpression(
        expression=expression, using_metrics=dict(using), period=Duration.minutes(minutes), label=label
    )


def _known(name: str) -> Metric:
    if name not in CATALOGUE:
        raise UnknownMetricError(name)
    return CATALOGUE[name]
