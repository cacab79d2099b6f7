import sys

import pytest

from reelwright import tracing
from reelwright.tracing import about, traced


def echo(event: dict[str, object], context: object) -> dict[str, object]:
    """An answer that shows it was called."""
    del context
    return {"seen": event}


def test_without_the_setting_a_handler_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wrapper, no recorder, and naming a job costs nothing."""
    monkeypatch.setenv("TRACING", "off")
    monkeypatch.setattr(tracing, "_recorders", [])
    monkeypatch.delitem(sys.modules, "reelwright.spans", raising=False)
    assert traced(echo) is echo
    about("job_1")
    assert "reelwright.spans" not in sys.modules


def test_with_the_setting_a_handler_answers_though_nobody_takes_its_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """A collector that is away costs its spans and no answer."""
    monkeypatch.setenv("TRACING", "otlp")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "poll")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:9/v1/traces")
    monkeypatch.setattr(tracing, "_recorders", [])
    monkeypatch.setattr("reelwright.spans._EXPORT_SECONDS", 0.1)
    assert traced(echo)({"job": "j"}, None) == {"seen": {"job": "j"}}
