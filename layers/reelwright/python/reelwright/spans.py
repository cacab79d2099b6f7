"""Spans by OpenTelemetry: every invocation is a trace of its own, and every job is one, from its request to its asset.

A job's trace id follows from the job's id, so nothing has to be carried through table, queue and state machine, and
nothing can be lost on the way: whoever works for a job knows its trace. Each such piece of work is a span of the job's
trace with a link to its invocation. Spans hold names, times, the job's id and the kind of an error, and nothing else.
"""

import contextlib
import functools
import os
from collections.abc import Iterator, Mapping
from typing import Any, Final

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import SpanExporter
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    Span,
    SpanKind,
    Status,
    StatusCode,
    get_current_span,
    set_span_in_context,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from reelwright.job_traces import JobIds, job_context
from reelwright.tracing import Handler

BEGINS: Final = "submit"
"""The function whose span is the root of a job's trace."""

_EXPORT_SECONDS: Final = 2


class Spans:
    """Records one invocation at a time, and exports what it recorded when the invocation ends."""

    def __init__(self, exporter: SpanExporter, name: str) -> None:
        self._name = name
        self._exporter = exporter
        self._ids = JobIds()
        self._ended = _Ended()
        service = os.environ.get("POWERTOOLS_SERVICE_NAME", "reelwright")
        resource = Resource({"service.name": service, "faas.name": name})
        provider = TracerProvider(id_generator=self._ids, resource=resource, shutdown_on_exit=False)
        provider.add_span_processor(self._ended)
        self._tracer = provider.get_tracer("reelwright")
        self._invocation: Span | None = None
        self._work: Span | None = None

    def wrap(self, handler: Handler) -> Handler:
        """See `tracing.Recorder.wrap`. A caller's trace is linked to: a stranger does not choose where ours go."""

        @functools.wraps(handler)
        def recorded(event: dict[str, Any], context: Any) -> Any:
            with self._invoked(event):
                return handler(event, context)

        return recorded

    def about(self, job_id: str) -> None:
        """See `tracing.Recorder.about`."""
        self._rest()
        if self._invocation is None or not job_id:
            return
        job = job_context(job_id)
        begins = self._name == BEGINS
        parent = Context() if begins else set_span_in_context(NonRecordingSpan(job), Context())
        self._ids.wanted = job if begins else None
        links = [Link(self._invocation.get_span_context())]
        self._work = self._tracer.start_span(self._name, parent, links=links, attributes={"reelwright.job": job_id})
        self._ids.wanted = None

    @contextlib.contextmanager
    def _invoked(self, event: Mapping[str, Any]) -> Iterator[None]:
        links = _caller(event)
        self._invocation = self._tracer.start_span(f"{self._name} invocation", Context(), SpanKind.SERVER, links=links)
        try:
            yield
        except BaseException as error:
            for span in (self._work, self._invocation):
                if span is not None:
                    span.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
        finally:
            self._rest()
            self._invocation.end()
            self._invocation = None
            self._export()

    def _rest(self) -> None:
        if self._work is not None:
            self._work.end()
            self._work = None

    def _export(self) -> None:
        """A collector that is away costs its spans and no answer."""
        with contextlib.suppress(Exception):
            self._exporter.export(self._ended.taken())


class _Ended(SpanProcessor):
    """Keeps ended spans: there is no time in a frozen function for a thread of its own."""

    def __init__(self) -> None:
        self._spans: list[ReadableSpan] = []

    def on_end(self, span: ReadableSpan) -> None:
        self._spans.append(span)

    def taken(self) -> list[ReadableSpan]:
        """All of them, which are then forgotten."""
        spans, self._spans = self._spans, []
        return spans


def _caller(event: Mapping[str, Any]) -> list[Link]:
    """A link to the span that the request's `traceparent` names."""
    headers = event.get("headers")
    if not isinstance(headers, Mapping) or not isinstance(headers.get("traceparent"), str):
        return []
    found = TraceContextTextMapPropagator().extract({"traceparent": headers["traceparent"]}, Context())
    caller = get_current_span(found).get_span_context()
    return [Link(caller)] if caller.is_valid else []


def recorder() -> Spans:
    """Sends to `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` by OTLP over HTTP, signed where that is AWS's own."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - not in tests

    from reelwright.signed_requests import session  # noqa: PLC0415 - the same

    endpoint = os.environ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
    exporter = OTLPSpanExporter(endpoint=endpoint, timeout=_EXPORT_SECONDS, session=session(endpoint))
    return Spans(exporter, os.environ["OTEL_SERVICE_NAME"])
