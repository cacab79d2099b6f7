"""Every function comes out of the one construct."""

import json
from dataclasses import fields
from typing import Any

import pytest

from local.stage import Stage
from reelwright.composition import settings as composition
from reelwright.composition.environment import names
from tests.infra.synthesis import listed

_COMMON = {"STAGE", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL", "TRACING"}
_PIPELINE = (
    *("authorizer", "submit", "query", "endpoints", "webhook", "dispatch", "poll", "finalize", "sweep"),
    *("announce", "deliver"),
)


def test_runtime_and_architecture_are_those_of_the_wheels(prod: Stage) -> None:
    """The packages are built for exactly this."""
    for function in prod.functions().values():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]


def test_every_function_has_a_log_group_that_forgets(stage: Stage) -> None:
    """Logs are kept for so many days and not for ever."""
    groups = stage.resources("AWS::Logs::LogGroup")
    assert all(group["Properties"]["RetentionInDays"] for group in groups.values())
    for function in stage.functions().values():
        assert function["LoggingConfig"]["LogGroup"]["Ref"] in groups


@pytest.mark.parametrize("function", _PIPELINE)
def test_the_environment_is_what_the_settings_read(stage: Stage, function: str) -> None:
    """Not one variable too few, and none that nobody reads."""
    settings = getattr(composition, f"{function.capitalize()}Settings")
    assert set(stage.functions()[function]["Environment"]["Variables"]) - _COMMON == names(settings)


def test_numbers_in_the_environment_are_numbers(prod: Stage) -> None:
    """A field of type int is given digits."""
    for function in _PIPELINE:
        settings = getattr(composition, f"{function.capitalize()}Settings")
        variables = prod.functions()[function]["Environment"]["Variables"]
        for field in fields(settings):
            assert field.type is not int or variables[field.name.upper()].isdigit()


def test_visibility_is_six_times_the_timeout(stage: Stage) -> None:
    """A message is not seen twice while its batch is still worked on."""
    queues = stage.resources("AWS::SQS::Queue", "pipeline")
    for prefix, function in (("Hints", "dispatch"), ("Deliveries", "deliver")):
        (queue,) = [q["Properties"] for name, q in queues.items() if name.startswith(prefix) and "Dead" not in name]
        assert queue["VisibilityTimeout"] >= 6 * stage.functions()[function]["Timeout"]


def test_leases_outlive_their_functions(stage: Stage) -> None:
    """A claim lapses only when the function that made it cannot be running any more."""
    functions = stage.functions()
    leases = {
        "dispatch": "SUBMIT_LEASE_SECONDS",
        "finalize": "FINALIZE_LEASE_SECONDS",
        "deliver": "WEBHOOK_LEASE_SECONDS",
    }
    for name, lease in leases.items():
        assert int(functions[name]["Environment"]["Variables"][lease]) > functions[name]["Timeout"]


def test_functions_behind_the_api_answer_before_the_gateway_gives_up(stage: Stage) -> None:
    """An HTTP API waits for 30 seconds."""
    for name in ("authorizer", "submit", "query", "endpoints", "webhook"):
        assert stage.functions()[name]["Timeout"] < 30


def test_hints_come_in_small_batches_with_a_bounded_crowd(stage: Stage) -> None:
    """Paid side effects: at most five a batch, and one bad message does not bring back the others."""
    for mapping in _mappings(stage, "Sqs"):
        assert 1 <= mapping["BatchSize"] <= 5
        assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2
        assert listed(mapping["FunctionResponseTypes"]) == ["ReportBatchItemFailures"]


def test_only_what_comes_into_the_outbox_wakes_announce(stage: Stage) -> None:
    """Every other write of the table would be an invocation for nothing; one bad record holds nobody up for long."""
    (mapping,) = _mappings(stage, "Outbox")
    (only,) = mapping["FilterCriteria"]["Filters"]
    assert json.loads(only["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "OUTBOX#"}]}}},
    }
    assert mapping["BatchSize"] <= 25, "ten endpoints each, two calls for each of them, within 55 seconds"
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["MaximumRetryAttempts"] <= 5
    assert listed(mapping["FunctionResponseTypes"]) == ["ReportBatchItemFailures"]
    assert "DeadLetters" in str(mapping["DestinationConfig"]["OnFailure"])


def _mappings(stage: Stage, part: str) -> list[dict[str, Any]]:
    found = stage.resources("AWS::Lambda::EventSourceMapping")
    return [mapping["Properties"] for name, mapping in found.items() if part in name]
