"""The state machine of one attempt, in Amazon States Language with JSONPath: await, poll, finalize.

`Await<i>` parks a task token in the job's row and waits for the callback; when its rung's time is over, `Poll<i>` asks
the provider and leads to the next rung. Every truth leads to `Finalize`. The input {"job", "attempt"} is the input of
every state, so that any of them can be entered again.
"""

from dataclasses import dataclass
from typing import Any

from infra.settings import RetrySettings, WorkflowSettings

_GRACE_SECONDS = 15
_STILL = "StillGenerating"
_MOVED_ON = "DynamoDb.ConditionalCheckFailedException"
_WORTH_ANOTHER_COPY = ["CopyFailed", "FinalizeBusy", "ProviderUnavailable"]


@dataclass(frozen=True, slots=True)
class Ends:
    """What the machine is wired to: names and ARNs, and the functions' timeouts in seconds."""

    table_name: str
    poll_arn: str
    finalize_arn: str
    poll_timeout_seconds: int
    finalize_timeout_seconds: int
    partition: str = "aws"


def definition(settings: WorkflowSettings, ends: Ends) -> dict[str, Any]:
    """Build the whole machine from the ladder of the stage."""
    rungs = range(1, len(settings.poll_ladder_seconds) + 1)
    states: dict[str, Any] = {}
    for rung in rungs:
        states[f"Await{rung}"] = _await(rung, settings, ends)
        states[f"Poll{rung}"] = _poll(min(rung + 1, len(rungs)), settings, ends)
    states["Finalize"] = _finalize(settings, ends)
    return {
        "Comment": "One attempt of a Reelwright job: await the callback, poll when it is late, finalize the truth.",
        "StartAt": "Await1",
        "TimeoutSeconds": settings.deadline_seconds,
        "States": states,
    }


def _await(rung: int, settings: WorkflowSettings, ends: Ends) -> dict[str, Any]:
    """Park the token, unless the callback came first or the job has moved on: then go and see."""
    return {
        "Type": "Task",
        "Resource": f"arn:{ends.partition}:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken",
        "TimeoutSeconds": settings.poll_ladder_seconds[rung - 1],
        "Parameters": {
            "TableName": ends.table_name,
            "Key": {"pk": {"S.$": "States.Format('JOB#{}', $.job)"}, "sk": {"S": "JOB"}},
            "UpdateExpression": "SET task_token = :token ADD version :one",
            "ConditionExpression": "#status = :generating AND attempt = :attempt AND attribute_not_exists(callback_ms)",
            "ExpressionAttributeNames": {"#status": "status"},
            "ExpressionAttributeValues": {
                ":token": {"S.$": "$$.Task.Token"},
                ":one": {"N": "1"},
                ":generating": {"S": "generating"},
                ":attempt": {"N.$": "States.Format('{}', $.attempt)"},
            },
        },
        "ResultPath": None,
        "Retry": [_never([_MOVED_ON, "States.Timeout"]), _retry(["States.ALL"], settings.park_retry)],
        "Catch": [_catch([_MOVED_ON], "Finalize"), _catch(["States.ALL"], f"Poll{rung}")],
        "Next": "Finalize",
    }


def _poll(next_rung: int, settings: WorkflowSettings, ends: Ends) -> dict[str, Any]:
    """Ask the provider; whatever hinders it, the next rung comes."""
    return {
        **_invoke(ends.poll_arn, ends.poll_timeout_seconds, ends.partition),
        "Retry": [_never([_STILL]), _retry(["States.ALL"], settings.poll_retry)],
        "Catch": [_catch(["States.ALL"], f"Await{next_rung}")],
        "Next": "Finalize",
    }


def _finalize(settings: WorkflowSettings, ends: Ends) -> dict[str, Any]:
    """Copy and settle. When every retry is spent the execution fails, and the sweep starts another."""
    return {
        **_invoke(ends.finalize_arn, ends.finalize_timeout_seconds, ends.partition),
        "Retry": [
            _never([_STILL]),
            _retry(_WORTH_ANOTHER_COPY, settings.finalize_retry),
            _retry(["States.ALL"], settings.finalize_retry),
        ],
        "Catch": [_catch([_STILL], "Await1")],
        "End": True,
    }


def _invoke(function_arn: str, timeout_seconds: int, partition: str) -> dict[str, Any]:
    return {
        "Type": "Task",
        "Resource": f"arn:{partition}:states:::lambda:invoke",
        "TimeoutSeconds": timeout_seconds + _GRACE_SECONDS,
        "Parameters": {"FunctionName": function_arn, "Payload.$": "$"},
        "ResultPath": None,
    }


def _retry(errors: list[str], settings: RetrySettings) -> dict[str, Any]:
    return {
        "ErrorEquals": errors,
        "IntervalSeconds": settings.interval_seconds,
        "MaxAttempts": settings.max_attempts,
        "BackoffRate": 2,
        "MaxDelaySeconds": settings.max_delay_seconds,
        "JitterStrategy": "FULL",
    }


def _never(errors: list[str]) -> dict[str, Any]:
    """These are answers, not faults: the retries below must not see them."""
    return {"ErrorEquals": errors, "MaxAttempts": 0}


def _catch(errors: list[str], next_state: str) -> dict[str, Any]:
    return {"ErrorEquals": errors, "ResultPath": None, "Next": next_state}
