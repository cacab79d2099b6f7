"""Runs the real state machine definition on moto, with scripted functions in the place of Lambda.

moto starts Lambda functions in Docker only; its executor's one call to Lambda is replaced by scripts that answer in
Lambda's own form, so that errors, retries and catches are evaluated by the executor itself.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import boto3
import pytest
from moto import mock_aws
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils

from infra.settings import RetrySettings, WorkflowSettings
from infra.state_machine import Ends, definition

QUICK = RetrySettings(interval_seconds=1, max_attempts=2, max_delay_seconds=1)
LADDER = WorkflowSettings(
    poll_ladder_seconds=(1, 2), park_retry=QUICK, poll_retry=QUICK, finalize_retry=QUICK, deadline_seconds=60
)
JOB = "job_01"
TABLE = "jobs"
POLL = "arn:aws:lambda:us-east-1:123456789012:function:poll"
FINALIZE = "arn:aws:lambda:us-east-1:123456789012:function:finalize"
REGION = "us-east-1"
CONFIG: Any = {"stepfunctions": {"execute_state_machine": True}}
_PATIENCE_SECONDS = 30
T = TypeVar("T")
Answer = dict[str, Any] | str


@dataclass
class Script:
    """A function's answers in order, the last one for ever; a text is the name of the error that it raises."""

    answers: list[Answer]
    events: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, event: dict[str, Any]) -> dict[str, Any]:
        """Answer as Lambda's Invoke does."""
        answer = self.answers[min(len(self.events), len(self.answers) - 1)]
        self.events.append(event)
        if isinstance(answer, str):
            return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": {"errorType": answer}}
        return {"StatusCode": 200, "Payload": answer}


@dataclass
class Machine:
    """One deployed machine and its scripted functions."""

    arn: str
    poll: Script
    finalize: Script
    states: Any
    table: Any

    def start(self, attempt: int = 1) -> str:
        """Start an execution; its ARN."""
        payload = json.dumps({"job": JOB, "attempt": attempt})
        name = f"{JOB}-{attempt}"
        return str(self.states.start_execution(stateMachineArn=self.arn, name=name, input=payload)["executionArn"])

    def run(self, attempt: int = 1) -> tuple[str, list[str]]:
        """Start an execution and wait for its end: its status and the states that it entered."""
        return self.end(self.start(attempt))

    def end(self, execution: str) -> tuple[str, list[str]]:
        """Wait for the end of an execution: its status and the states that it entered."""
        status = eventually(lambda: self._ended(execution))
        pages = self.states.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        entered = [e["stateEnteredEventDetails"]["name"] for e in pages if "stateEnteredEventDetails" in e]
        return status, entered

    def row(self) -> dict[str, Any]:
        """The job's row."""
        item: dict[str, Any] = self.table.get_item(Key={"pk": f"JOB#{JOB}", "sk": "JOB"})["Item"]
        return item

    def wait_for_version(self, version: int) -> None:
        """Wait until the row has come so far."""
        eventually(lambda: self.row()["version"] >= version or None)

    def call_back(self) -> None:
        """Hand the parked token back, as the webhook does."""
        token = eventually(lambda: self.row().get("task_token"))
        self.states.send_task_success(taskToken=token, output="{}")

    def _ended(self, execution: str) -> str | None:
        status = str(self.states.describe_execution(executionArn=execution)["status"])
        return None if status == "RUNNING" else status


def eventually(look: Callable[[], T | None]) -> T:
    """Look until there is something; moto's executor runs in a thread of its own."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if (seen := look()) is not None:
            return seen
        threading.Event().wait(0.02)
    raise AssertionError("nothing came")


@contextmanager
def machine(poll: list[Answer], finalize: list[Answer], **row: Any) -> Iterator[Machine]:
    """Deploy the definition over a table with one generating job, changed by `row`."""
    scripts = {POLL: Script(poll), FINALIZE: Script(finalize)}
    with pytest.MonkeyPatch.context() as patch, mock_aws(config=CONFIG):
        patch.setattr(lambda_eval_utils, "_invoke_lambda_function", partial(_invoke, scripts))
        table = _table()
        table.put_item(Item={"pk": f"JOB#{JOB}", "sk": "JOB", "status": "generating", "attempt": 1, "version": 3} | row)
        states = boto3.client("stepfunctions", region_name=REGION)
        yield Machine(_deployed(states), scripts[POLL], scripts[FINALIZE], states, table)


def _invoke(scripts: dict[str, Script], parameters: dict[str, Any], **_where: object) -> dict[str, Any]:
    return scripts[parameters["FunctionName"]](json.loads(parameters["Payload"]))


def _deployed(states: Any) -> str:
    ends = Ends(TABLE, POLL, FINALIZE, poll_timeout_seconds=5, finalize_timeout_seconds=5)
    made = states.create_state_machine(
        name="workflow",
        definition=json.dumps(definition(LADDER, ends)),
        roleArn="arn:aws:iam::123456789012:role/workflow",
    )
    return str(made["stateMachineArn"])


def _table() -> Any:
    return boto3.resource("dynamodb", region_name=REGION).create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    )
