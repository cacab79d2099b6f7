"""Every function comes out of the one construct."""

from dataclasses import fields

import pytest

from reelwright.composition import settings as composition
from reelwright.composition.environment import names
from tests.infra.synthesis import Stage, listed

_COMMON = {"STAGE", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL", "TRACING"}
_PIPELINE = ("authorizer", "submit", "query", "webhook", "dispatch", "poll", "finalize", "sweep")


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
    (hints,) = [q["Properties"] for name, q in queues.items() if name.startswith("Hints") and "Dead" not in name]
    assert hints["VisibilityTimeout"] >= 6 * stage.functions()["dispatch"]["Timeout"]


def test_leases_outlive_their_functions(stage: Stage) -> None:
    """A claim lapses only when the function that made it cannot be running any more."""
    functions = stage.functions()
    for name, lease in (("dispatch", "SUBMIT_LEASE_SECONDS"), ("finalize", "FINALIZE_LEASE_SECONDS")):
        assert int(functions[name]["Environment"]["Variables"][lease]) > functions[name]["Timeout"]


def test_functions_behind_the_api_answer_before_the_gateway_gives_up(stage: Stage) -> None:
    """An HTTP API waits for 30 seconds."""
    for name in ("authorizer", "submit", "query", "webhook"):
        assert stage.functions()[name]["Timeout"] < 30


def test_hints_come_in_small_batches_with_a_bounded_crowd(stage: Stage) -> None:
    """Paid side effects: at most five a batch, and one bad message does not bring back the others."""
    mapping = stage.one("AWS::Lambda::EventSourceMapping")
    assert 1 <= mapping["BatchSize"] <= 5
    assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2
    assert listed(mapping["FunctionResponseTypes"]) == ["ReportBatchItemFailures"]
