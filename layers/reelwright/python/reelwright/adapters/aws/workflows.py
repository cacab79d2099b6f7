"""The state machine: implements `ports.Workflows` on Step Functions."""

import json
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from reelwright.domain.job import Job
from reelwright.use_cases.ports import Telemetry

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions.client import SFNClient


class StepFunctionsWorkflows:
    """Executions named after the attempt, so that starting one twice starts it once."""

    def __init__(self, client: "SFNClient", machine_arn: str, telemetry: Telemetry) -> None:
        self._client = client
        self._machine_arn = machine_arn
        self._telemetry = telemetry

    def start(self, job: Job) -> bool:
        """See `ports.Workflows.start`; a start that fails is counted and left to the sweep."""
        given = json.dumps({"job": job.id, "attempt": job.attempt.number})
        try:
            self._client.start_execution(stateMachineArn=self._machine_arn, name=_name(job), input=given)
        except self._client.exceptions.ExecutionAlreadyExists:
            return True
        except (BotoCoreError, ClientError) as error:
            self._telemetry.count("StartLost")
            self._telemetry.trouble("execution not started", reason=type(error).__name__)
            return False
        return True

    def running(self, job: Job) -> bool:
        """See `ports.Workflows.running`."""
        arn = f"{self._machine_arn.replace(':stateMachine:', ':execution:')}:{_name(job)}"
        try:
            return self._client.describe_execution(executionArn=arn)["status"] in {"RUNNING", "PENDING_REDRIVE"}
        except self._client.exceptions.ExecutionDoesNotExist:
            return False

    def resume(self, task_token: str) -> None:
        """See `ports.Workflows.resume`; a token of a rung that is over is refused, and that is fine."""
        try:
            self._client.send_task_success(taskToken=task_token, output="{}")
        except (self._client.exceptions.TaskTimedOut, self._client.exceptions.TaskDoesNotExist):
            self._telemetry.count("TokenStale")
        except self._client.exceptions.InvalidToken:
            self._telemetry.count("TokenInvalid")


def _name(job: Job) -> str:
    """`<job>-<n>`, and `-r<k>` behind it for the k-th repair; names stay taken for 90 days."""
    name = job.attempt.external_id
    repairs = job.executions - job.attempt.number
    return f"{name}-r{repairs}" if repairs > 0 else name
