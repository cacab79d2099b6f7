"""The real functions, recorded: the request and the asset meet in one trace."""

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from reelwright import tracing
from reelwright.job_traces import job_context
from reelwright.spans import Spans
from tests.crash import functions
from tests.crash.rig import Rig
from tests.infra.observability import stories
from tests.infra.observability.stories import CLIP, Story, clip, every, tell


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """Every function is recorded."""
    exporter, recorders = InMemorySpanExporter(), dict[str, Spans]()

    def recorded(name: str) -> functions.Handler:
        return recorders.setdefault(name, Spans(exporter, name)).wrap(functions.handler(name))

    monkeypatch.setattr(stories, "handler", recorded)

    class All:
        """Tells everybody; only the one that is invoked listens."""

        def wrap(self, handler: tracing.Handler) -> tracing.Handler:
            return handler

        def about(self, job_id: str) -> None:
            for one in recorders.values():
                one.about(job_id)

    monkeypatch.setattr(tracing, "_recorders", [All()])
    return exporter


def test_the_request_and_the_asset_meet(seams: Rig, kept: InMemorySpanExporter) -> None:
    """Two jobs, two traces; each holds the work of every function on its way, and no word of what was asked for."""
    told = tell(seams, Story(every(1, 2, clip), 12))
    spans = [span for span in kept.get_finished_spans() if "reelwright.job" in (span.attributes or {})]
    jobs = {str((span.attributes or {})["reelwright.job"]) for span in spans}
    assert len(jobs) == 2
    for job in jobs:
        way = sorted((one for one in spans if (one.attributes or {})["reelwright.job"] == job), key=_began)
        assert {one.context.trace_id for one in way} == {job_context(job).trace_id}
        assert way[0].name == "submit"
        assert {"submit", "dispatch", "webhook", "finalize"} <= {one.name for one in way}
        assert {one.parent.span_id for one in way[1:] if one.parent} == {way[0].context.span_id}
    said = "".join(span.to_json() for span in kept.get_finished_spans())
    assert str(CLIP["prompt"]) not in said
    assert "http" not in said
    assert told.lines


def _began(span: object) -> int:
    return int(getattr(span, "start_time", 0))
