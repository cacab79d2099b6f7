"""The three calls of Step Functions that the real adapter makes, on the interpreter."""

import json
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.machine import Machine
from tests.simulation.world import World

MACHINE_ARN = "arn:aws:states:eu-central-1:1:stateMachine:simulated"


class ExecutionAlreadyExists(ClientError):
    pass


class ExecutionDoesNotExist(ClientError):
    pass


class TaskTimedOut(ClientError):
    pass


class FakeStepFunctions:
    """A boto3 client that may fail before or after its effect."""

    exceptions = SimpleNamespace(
        ExecutionAlreadyExists=ExecutionAlreadyExists,
        ExecutionDoesNotExist=ExecutionDoesNotExist,
        TaskTimedOut=TaskTimedOut,
        TaskDoesNotExist=TaskTimedOut,
        InvalidToken=TaskTimedOut,
    )

    def __init__(self, world: World, machine: Machine) -> None:
        self._world = world
        self._machine = machine

    def start_execution(self, *, stateMachineArn: str, name: str, input: str) -> None:  # noqa: N803, A002 - boto3's names
        del stateMachineArn
        self._fail()
        if name in self._machine.executions:
            raise _error(ExecutionAlreadyExists)
        self._machine.start(name, json.loads(input))
        self._fail()

    def describe_execution(self, *, executionArn: str) -> dict[str, str]:  # noqa: N803 - boto3's name
        self._fail()
        name = executionArn.rpartition(":")[2]
        if name not in self._machine.executions:
            raise _error(ExecutionDoesNotExist)
        return {"status": self._machine.executions[name].status}

    def send_task_success(self, *, taskToken: str, output: str) -> None:  # noqa: N803 - boto3's name
        del output
        self._fail()
        if not self._machine.send_success(taskToken):
            raise _error(TaskTimedOut)
        self._fail()

    def _fail(self) -> None:
        if self._world.chance(self._world.chaos.transient):
            raise _error(ClientError)


def _error(kind: Any) -> ClientError:
    answer: ClientError = kind({"Error": {"Code": kind.__name__, "Message": ""}}, "call")
    return answer
