"""The embedded AWS leaves undone what a role may not do, and does what it may."""

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from ministack.services import (  # type: ignore[import-untyped]
    dynamodb,
    eventbridge,
    lambda_svc,
    sqs,
    stepfunctions,
)

from local.on_behalf import clocks, leavings, machine_logs, machines, mappings
from tests.unit.local.emulated import (
    FUNCTION,
    FUNCTION_ARN,
    QUEUE,
    STREAM,
    TARGET,
    Work,
    made,
    role,
    stubbed,
    task,
    work,
)

LOGGING = {"stateMachineArn": "m", "loggingConfiguration": {"level": "ERROR"}}
FAILED = {"DestinationConfig": {"OnFailure": {"Destination": QUEUE}}}
CALL: Work = (eventbridge, "_invoke_target", (TARGET, {}, {"Target": TARGET}))
RULE: Work = (eventbridge, "_invoke_target", (TARGET, {}, {"EventPattern": "{}"}))
DONE: dict[str, Work] = {
    "lambda:InvokeFunction": task("arn:aws:states:::lambda:invoke", FunctionName=FUNCTION_ARN),
    "lambda:InvokeFunction by a schedule": CALL,
    "dynamodb:UpdateItem": task("arn:aws:states:::aws-sdk:dynamodb:updateItem", TableName="t"),
    "dynamodb:GetRecords": (dynamodb, "stream_records_since", ("t", 0, 1)),
    "dynamodb:ListStreams": (dynamodb, "stream_records_since", ("t", 0, 1)),
    "logs:GetLogDelivery": (stepfunctions, "_update_state_machine", (LOGGING,)),
    "logs:PutLogEvents": (lambda_svc, "_emit_lambda_logs", (FUNCTION, "request", "line", False, 1)),
    "sqs:ReceiveMessage": (sqs, "_receive_messages_for_esm", ("url", 1)),
    "sqs:GetQueueAttributes": (sqs, "_receive_messages_for_esm", ("url", 1)),
    "sqs:DeleteMessage": (sqs, "_delete_messages_for_esm", ("url", {"handle"})),
    "sqs:SendMessage of a call": (lambda_svc, "_route_async_failure", (QUEUE, "f", {}, {})),
    "sqs:SendMessage of a batch": (lambda_svc, "_send_ddb_stream_failure_record", (FAILED, FUNCTION, [], STREAM)),
}
"""What is done by an action of the role; the action is the first word."""


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the emulator did, once it asks."""
    seen = stubbed(monkeypatch)
    for part in (machines, machine_logs, clocks, mappings, leavings):
        part.ask(lambda _: None)
    return seen


@pytest.fixture
def deny(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the role do everything but these actions."""

    def given(*actions: str) -> None:
        everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        denied = [{"Effect": "Deny", "Action": action, "Resource": "*"} for action in actions]
        services = [f"{name}.amazonaws.com" for name in ("lambda", "states", "scheduler")]
        trust = {"Effect": "Allow", "Principal": {"Service": services}, "Action": "sts:AssumeRole"}
        policies = {"only": json.dumps({"Statement": [everything, *denied]})}
        role(monkeypatch, {"InlinePolicies": policies, "AssumeRolePolicyDocument": {"Statement": [trust]}})

    return given


@pytest.mark.parametrize("what", DONE)
def test_what_the_role_may_do_is_done(done: list[str], deny: Callable[..., None], what: str) -> None:
    """Asking changes nothing for who has the right."""
    deny()
    work(DONE[what])
    assert len(done) == 1


@pytest.mark.parametrize("what", DONE)
def test_what_the_role_may_not_do_is_left(done: list[str], deny: Callable[..., None], what: str) -> None:
    """One action less is enough."""
    deny(what.partition(" ")[0], "sqs:SendMessage")
    with suppress(Exception):
        work(DONE[what])
    assert done == []


def test_a_refused_task_fails(done: list[str], deny: Callable[..., None]) -> None:
    """So that the machine's own `Retry` and `Catch` take it."""
    deny("dynamodb:UpdateItem")
    with pytest.raises(Exception, match="not authorized to perform dynamodb:UpdateItem"):
        work(DONE["dynamodb:UpdateItem"])
    assert done == []


def test_a_machine_that_may_not_log_is_not_made(done: list[str], deny: Callable[..., None]) -> None:
    """The deployment fails, as it would on AWS."""
    deny("logs:PutResourcePolicy")
    with pytest.raises(ValueError, match="not authorized to access the Log Destination"):
        made()
    deny()
    made()
    assert done == ["create"]


def test_what_a_schedule_may_not_call_becomes_a_dead_letter(done: list[str], deny: Callable[..., None]) -> None:
    """If it may send one."""
    deny("lambda:InvokeFunction")
    work(CALL)
    assert done == ["_dispatch_to_sqs"]


def test_a_rule_calls_without_the_role(done: list[str], deny: Callable[..., None]) -> None:
    """It goes by the function's own policy."""
    deny("lambda:InvokeFunction")
    work(RULE)
    assert done == ["_invoke_target"]
