"""Messages that are no hints: they die alone, and nobody sends them back to work."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from reelwright.domain.lane import is_lane, lane_id
from reelwright.domain.status import Status
from tests.support.pipeline import LANE, Pipeline

HANDLER = Path(__file__).parents[2] / "functions" / "dispatch" / "handler.py"
POISON = (
    "",
    "no json",
    "[" * 100_000,
    "[]",
    "null",
    json.dumps({"lane": LANE}),
    json.dumps({"lane": 7, "tenant": "acme"}),
    json.dumps({"lane": LANE, "tenant": "acme", "job": []}),
    json.dumps({"lane": "main", "tenant": "acme"}),
    json.dumps({"lane": "", "tenant": "acme"}),
    json.dumps({"lane": "..", "tenant": "acme"}),
)


CONTEXT: Any = SimpleNamespace(
    function_name="dispatch",
    memory_limit_in_mb=256,
    invoked_function_arn="arn:f",
    aws_request_id="request",
    get_remaining_time_in_millis=lambda: 120_000,
)


@pytest.fixture
def dispatch(pipeline: Pipeline) -> ModuleType:
    """The function's module, at work on the pipeline."""
    spec = importlib.util.spec_from_file_location("poisoned_dispatch", HANDLER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module)["dispatch_lane"] = lambda: pipeline.dispatching
    return module


def record(number: int, body: str) -> dict[str, Any]:
    """A message as Lambda gets it from SQS."""
    return {"messageId": str(number), "body": body, "eventSource": "aws:sqs", "attributes": {}}


def test_poison_in_a_batch_fails_alone(pipeline: Pipeline, dispatch: ModuleType) -> None:
    """Only the unreadable ones come back; the hint behind them is served, and no lane is made for the others."""
    job_id = pipeline.submit().job_id
    bodies = [*POISON, json.dumps({"lane": LANE, "tenant": "acme", "job": job_id})]
    answer = dispatch.handler({"Records": [record(*one) for one in enumerate(bodies)]}, CONTEXT)
    failed = [int(one["itemIdentifier"]) for one in answer["batchItemFailures"]]
    assert failed == list(range(len(POISON)))
    assert pipeline.job(job_id).status is Status.GENERATING
    assert [lane.id for lane in pipeline.lanes.all()] == [LANE]


@pytest.mark.parametrize("text", ["", "main", "main.", "main..video", ".model.video", "main.model", "a.b.c.d"])
def test_a_lane_has_an_account_a_model_and_a_pack(text: str) -> None:
    """Whatever else is written there names none."""
    assert not is_lane(text)
    assert is_lane(lane_id("main", "kling-v2-6"))
