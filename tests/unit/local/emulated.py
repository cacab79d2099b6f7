"""What ministack does with a role, by its functions' names, and what it must know for that, for a test."""

from types import ModuleType
from typing import Any, Final

import pytest
from ministack.services import (  # type: ignore[import-untyped]
    dynamodb,
    eventbridge,
    iam,
    lambda_svc,
    scheduler,
    sqs,
    stepfunctions,
)
from ministack.services.cloudformation import provisioners  # type: ignore[import-untyped]

ROLE: Final = "arn:aws:iam::000000000000:role/actor"
FUNCTION_ARN: Final = "arn:aws:lambda:us-east-1:000000000000:function:f"
QUEUE: Final = "arn:aws:sqs:us-east-1:000000000000:q"
STREAM: Final = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/1"
FUNCTION: Final = {"config": {"Role": ROLE, "FunctionName": "f"}}
TARGET: Final = {"RoleArn": ROLE, "Arn": FUNCTION_ARN, "DeadLetterConfig": {"Arn": QUEUE}}
KIND: Final = "AWS::StepFunctions::StateMachine"

Work = tuple[ModuleType, str, tuple[Any, ...]]
"""A function of ministack and what it is called with."""

_STUBS: Final = (
    (stepfunctions, ("_invoke_resource", "_invoke_with_callback", "_create_state_machine", "_update_state_machine")),
    (sqs, ("_receive_messages_for_esm", "_delete_messages_for_esm")),
    (lambda_svc, ("_emit_lambda_logs", "_route_async_failure", "_send_ddb_stream_failure_record")),
    (eventbridge, ("_invoke_target", "_dispatch_to_sqs")),
    (dynamodb, ("stream_records_since",)),
)
_KNOWN: Final = (
    (stepfunctions, "_state_machines", "m", {"roleArn": ROLE}),
    (sqs, "_queues", "url", {"attributes": {"QueueArn": QUEUE}}),
    (dynamodb, "_tables", "t", {"LatestStreamArn": STREAM}),
    (lambda_svc, "_functions", "f", FUNCTION),
    (lambda_svc, "_esms", "1", {"EventSourceArn": QUEUE, "FunctionName": "f"}),
    (lambda_svc, "_esms", "2", {"EventSourceArn": STREAM, "FunctionName": "f"}),
)


def work(done: Work) -> Any:
    """Have it done."""
    module, name, given = done
    return getattr(module, name)(*given)


def task(resource: str, **told: str) -> Work:
    """A state machine's task."""
    return stepfunctions, "_execute_task", ({"Resource": resource}, told, {"stateMachineArn": "m"}, {})


def made() -> Any:
    """A state machine that logs, made by CloudFormation."""
    create = provisioners._RESOURCE_HANDLERS[KIND]["create"]  # noqa: SLF001 - it looks there
    return create("M", {"RoleArn": ROLE, "LoggingConfiguration": {}}, "stack")


def stubbed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The emulator for one test; the list tells which of its functions ran."""
    seen: list[str] = []
    for module, names in _STUBS:
        for name in names:
            monkeypatch.setattr(module, name, lambda *_, name=name: seen.append(name))
    for module, store, key, value in _KNOWN:
        monkeypatch.setitem(getattr(module, store), key, value)
    monkeypatch.setattr(stepfunctions, "_execute_task", _run_task)
    monkeypatch.setattr(scheduler, "_SCHEDULE_TICK_INTERVAL", 10)
    handlers = {"create": lambda *_: seen.append("create")}
    monkeypatch.setitem(provisioners._RESOURCE_HANDLERS, KIND, handlers)  # noqa: SLF001 - it looks there
    return seen


def _run_task(state: dict[str, str], told: object, *_: object) -> Any:
    return stepfunctions._invoke_resource(state["Resource"], told)  # noqa: SLF001 - as it does itself


def role(monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]) -> None:
    """Make the role be what is told of it."""
    monkeypatch.setitem(iam._roles, "actor", told)  # noqa: SLF001 - where it keeps them
