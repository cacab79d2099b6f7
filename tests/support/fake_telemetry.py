"""Telemetry that counts in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class FakeTelemetry:
    """Counts by name, and which series each count was for."""

    counts: dict[str, float] = field(default_factory=dict)
    series: list[tuple[str, tuple[str, str] | None]] = field(default_factory=list)

    def count(
        self,
        metric: str,
        value: float = 1,
        *,
        facts: Mapping[str, str] | None = None,
        dimension: tuple[str, str] | None = None,
    ) -> None:
        del facts
        self.series.append((metric, dimension))
        self.counts[metric] = self.counts.get(metric, 0) + value

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        """Nothing to remember."""

    def job(self, job_id: str) -> None:
        """Nothing to remember."""

    def note(self, message: str, **facts: object) -> None:
        """Nothing to remember."""

    def trouble(self, message: str, **facts: object) -> None:
        """Nothing to remember."""
