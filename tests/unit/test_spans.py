"""What is recorded of a job, and what never is."""

from collections.abc import Callable
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from reelwright.job_traces import job_context
from reelwright.spans import Spans

JOB, OTHER = "job_01m3250v007q8dqhnd43jjbp4e", "job_01m3250v00yacabj45bkfg6y6p"


def invoke(kept: SpanExporter, name: str, *jobs: str, act: Callable[[], Any] = dict, **event: Any) -> Any:
    """One invocation of a function that works for some jobs."""
    spans = Spans(kept, name)

    def handler(event: dict[str, Any], context: object) -> Any:
        del event, context
        for job in jobs:
            spans.about(job)
        return act()

    return spans.wrap(handler)(event, None)


def of(kept: InMemorySpanExporter, job: str) -> list[ReadableSpan]:
    return [span for span in kept.get_finished_spans() if (span.attributes or {}).get("reelwright.job") == job]


def test_a_jobs_work_is_one_trace_from_the_request_to_the_asset() -> None:
    """Whoever works for it and however it was woken: the same trace, with submit's span as its root."""
    kept = InMemorySpanExporter()
    for name in ("submit", "dispatch", "webhook", "poll", "finalize"):
        invoke(kept, name, JOB)
    found = of(kept, JOB)
    assert [span.name for span in found] == ["submit", "dispatch", "webhook", "poll", "finalize"]
    root, *rest = found
    assert {span.context.trace_id for span in found} == {job_context(JOB).trace_id}
    assert root.parent is None
    assert root.context.span_id == job_context(JOB).span_id
    assert all(span.parent and span.parent.span_id == root.context.span_id for span in rest)


def test_each_stage_of_an_account_has_traces_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """They bear the name under which the stage's metrics are told."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "reelwright-dev")
    kept = InMemorySpanExporter()
    invoke(kept, "submit", JOB)
    assert {span.resource.attributes["service.name"] for span in kept.get_finished_spans()} == {"reelwright-dev"}


def test_work_and_invocation_are_linked() -> None:
    """An invocation that works for two jobs is one trace, each job another, and each job's span leads to it."""
    kept = InMemorySpanExporter()
    invoke(kept, "dispatch", JOB, OTHER)
    (invocation,) = [span for span in kept.get_finished_spans() if span.name == "dispatch invocation"]
    for job in (JOB, OTHER):
        (work,) = of(kept, job)
        assert [link.context for link in work.links] == [invocation.context]
        assert work.context.trace_id == job_context(job).trace_id != invocation.context.trace_id


def test_a_callers_trace_is_linked_and_not_joined() -> None:
    """The request's `traceparent` is remembered, whatever is no such thing is not."""
    trace, span = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    kept = InMemorySpanExporter()
    invoke(kept, "submit", headers={"traceparent": f"00-{trace}-{span}-01"})
    invoke(kept, "submit", headers={"traceparent": "' OR 1=1"})
    invoke(kept, "submit", headers=None)
    first, *others = kept.get_finished_spans()
    assert [f"{link.context.trace_id:032x}" for link in first.links] == [trace]
    assert f"{first.context.trace_id:032x}" != trace
    assert not any(other.links for other in others)


def test_an_error_is_told_by_its_kind_alone() -> None:
    """Its text may hold what nobody may read."""

    def fail() -> None:
        raise ValueError("whsec_secret")

    kept = InMemorySpanExporter()
    with pytest.raises(ValueError, match="secret"):
        invoke(kept, "deliver", JOB, act=fail)
    assert {span.status.description for span in kept.get_finished_spans()} == {"ValueError"}
    assert "whsec_secret" not in "".join(span.to_json() for span in kept.get_finished_spans())


def test_a_trace_id_is_of_the_jobs_time_and_nothing_secret() -> None:
    """X-Ray takes trace ids that begin with a second of the last thirty days; the rest follows from the public id."""
    assert job_context(JOB).trace_id >> 96 == 1_790_000_000
    assert job_context(JOB) == job_context(JOB) != job_context(OTHER)
    assert job_context("job_1").is_valid


def test_a_collector_that_fails_costs_no_answer() -> None:
    """Whatever the exporter does."""

    class Broken(SpanExporter):
        def export(self, spans: object) -> SpanExportResult:
            raise ConnectionError(str(spans))

    assert invoke(Broken(), "poll", JOB) == {}
