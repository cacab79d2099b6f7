"""Traces are a setting: nothing of them is there where it is off."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.choices import ImpossibleChoiceError
from local.stage import Stage
from tests.infra.synthesis import listed, synthesize

COLLECTOR = "https://otel.example.com/v1/traces"


def _traced(packages: Path, out: Path, **context: str) -> Stage:
    return synthesize("dev", packages, out, tracing="on", **context)


def _told(stage: Stage) -> dict[str, dict[str, Any]]:
    return {name: one["Environment"]["Variables"] for name, one in stage.functions().items() if name != "signing_key"}


def _rights(stage: Stage) -> list[dict[str, Any]]:
    return [one for _, one in stage.statements() if any(str(a).startswith("xray:") for a in listed(one["Action"]))]


def test_off_means_nothing(stage: Stage) -> None:
    """No layer, no address, no right, and no tracing of Lambda's own, which the spans would not meet."""
    assert not _rights(stage)
    assert not any("tracing" in str(one) for one in stage.resources("AWS::Lambda::LayerVersion").values())
    for function in stage.functions().values():
        assert "OTEL_SERVICE_NAME" not in json.dumps(function)
        assert function.get("TracingConfig", {"Mode": "PassThrough"})["Mode"] == "PassThrough"


def test_on_means_a_layer_and_an_address_for_each_function(packages: Path, tmp_path: Path) -> None:
    """By itself to X-Ray, where the right to write spans is all that is added."""
    stage = _traced(packages, tmp_path)
    for name, variables in _told(stage).items():
        assert variables["TRACING"] == "otlp"
        assert variables["OTEL_SERVICE_NAME"] == name
        assert "https://xray." in str(variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"])
    rights = _rights(stage)
    given = [{action for action in one["Action"] if action.startswith("xray:")} for one in rights]
    assert all(actions == {"xray:PutTraceSegments", "xray:PutSpans"} for actions in given)
    assert len(rights) == len(_told(stage))


def test_a_collector_of_ones_own_needs_no_right(packages: Path, tmp_path: Path) -> None:
    """Spans go where the setting says, and nowhere else; only by https."""
    stage = _traced(packages, tmp_path, otlp_endpoint=COLLECTOR)
    assert {one["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] for one in _told(stage).values()} == {COLLECTOR}
    assert not _rights(stage)
    with pytest.raises(ImpossibleChoiceError):
        _traced(packages, tmp_path, otlp_endpoint="http://otel.example.com/v1/traces")
