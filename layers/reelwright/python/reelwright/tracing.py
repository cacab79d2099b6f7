"""X-Ray traces, where the stage asks for them (`TRACING=xray`, setting `pipeline.tracing`)."""

import os
from collections.abc import Callable
from typing import Any

Handler = Callable[[dict[str, Any], Any], Any]


def traced(handler: Handler) -> Handler:
    """The handler as it is, or a subsegment around each of its runs; answers are never recorded.

    Powertools' Tracer and the X-Ray SDK are imported only when asked for: they cost a tenth of a second of cold start.
    """
    if os.environ.get("TRACING") != "xray":
        return handler
    from aws_lambda_powertools.tracing import Tracer  # noqa: PLC0415 - see above

    captured: Handler = Tracer(auto_patch=False).capture_lambda_handler(handler, capture_response=False)
    return captured
