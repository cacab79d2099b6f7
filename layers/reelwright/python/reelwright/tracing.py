"""Traces, where the stage asks for them (`TRACING=otlp`, setting `pipeline.tracing`).

OpenTelemetry stands in a layer of its own and is imported only then.
"""

import os
from collections.abc import Callable
from typing import Any, Protocol

Handler = Callable[[dict[str, Any], Any], Any]


class Recorder(Protocol):
    """Records what one invocation does."""

    def wrap(self, handler: Handler) -> Handler:
        """The handler with a span around each of its runs."""
        ...

    def about(self, job_id: str) -> None:
        """From here on the invocation works for this job; "" for none."""
        ...


_recorders: list[Recorder] = []


def traced(handler: Handler) -> Handler:
    """The handler as it is, or one that is recorded; neither its event nor its answer ever is."""
    if os.environ.get("TRACING") != "otlp":
        return handler
    if not _recorders:
        from reelwright.spans import recorder  # noqa: PLC0415 - see above

        _recorders.append(recorder())
    return _recorders[0].wrap(handler)


def about(job_id: str) -> None:
    """Tell the recorder, where there is one, which job is worked for."""
    for recorder in _recorders:
        recorder.about(job_id)
