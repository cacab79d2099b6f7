"""What is told about the work."""

from collections.abc import Mapping
from typing import Protocol


class Telemetry(Protocol):
    """Metrics and logs. Names stand in `domain.metrics`; `facts` never become dimensions, and cost nothing.

    Nothing that goes in may be a prompt, a key, a token, a signed link or a callback address.
    """

    def count(
        self,
        metric: str,
        value: float = 1,
        *,
        facts: Mapping[str, str] | None = None,
        dimension: tuple[str, str] | None = None,
    ) -> None:
        """Add to a metric, and to its series for one (dimension, value), of which there must be few."""
        ...

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        """Tell one value of a metric, in its unit."""
        ...

    def job(self, job_id: str) -> None:
        """Say which job the following lines are about; "" for none."""
        ...

    def note(self, message: str, **facts: object) -> None:
        """Log an expected turn of events."""
        ...

    def trouble(self, message: str, **facts: object) -> None:
        """Log what an operator may want to look at."""
        ...
