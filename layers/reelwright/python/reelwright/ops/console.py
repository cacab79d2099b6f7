"""The operator's terminal as telemetry: troubles are shown, counts are left to the functions."""

import sys
from collections.abc import Mapping


class ConsoleTelemetry:
    """Implements `ports.Telemetry`."""

    def count(
        self,
        metric: str,
        value: float = 1,
        *,
        facts: Mapping[str, str] | None = None,
        dimension: tuple[str, str] | None = None,
    ) -> None:
        """Not counted: metrics tell what the pipeline did by itself."""

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        """Not measured, for the same reason."""

    def job(self, job_id: str) -> None:
        """The command names its job anyway."""

    def note(self, message: str, **facts: object) -> None:
        """Not shown: the report says what was done."""

    def trouble(self, message: str, **facts: object) -> None:
        """Show it on standard error."""
        told = ", ".join(f"{name} {fact}" for name, fact in facts.items())
        sys.stderr.write(f"{message}: {told}\n")
