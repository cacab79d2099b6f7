"""The metrics of a run: those that functions printed, and those that AWS itself would have counted meanwhile."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from local import aws
from local.deployment import Deployment
from local.figures.samples import Samples
from local.figures.series import Series

REPORT: Final = re.compile(r"^REPORT RequestId: \S+\tDuration: (\d+) ms")
RAISED: Final = "Traceback (most recent call last)"
"""What a function's log holds of an error that ended its invocation; errors that are caught are logged as JSON."""

FAILED: Final = {"FAILED": "ExecutionsFailed", "TIMED_OUT": "ExecutionsTimedOut", "ABORTED": "ExecutionsAborted"}


def told(deployment: Deployment, samples: Samples) -> Series:
    """Every metric of the run so far."""
    series = Series()
    for function, events in _logs(deployment):
        series.read(event["message"] for event in events)
        _of_lambda(series, function, events)
        _turned_away(series, deployment, function)
    _of_the_machine(series, deployment)
    samples.read_into(series, deployment.outputs["ApiId"])
    return series


def log_lines(deployment: Deployment) -> list[str]:
    """All lines of all functions."""
    return [event["message"] for _, events in _logs(deployment) for event in events]


def _logs(deployment: Deployment) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The events of each function's log group."""
    logs, functions = aws.client(deployment.stack, "logs"), aws.client(deployment.stack, "lambda")
    for page in functions.get_paginator("list_functions").paginate():
        for function in page["Functions"]:
            group = function.get("LoggingConfig", {}).get("LogGroup", f"/aws/lambda/{function['FunctionName']}")
            yield function["FunctionName"], list(_events(logs, group))


def _events(logs: Any, group: str) -> Iterator[dict[str, Any]]:
    more: dict[str, str] = {}
    while True:
        page = logs.filter_log_events(logGroupName=group, **more)
        yield from page["events"]
        if not page.get("nextToken") or page["nextToken"] == more.get("nextToken"):
            return
        more = {"nextToken": page["nextToken"]}


def _of_lambda(series: Series, function: str, events: list[dict[str, Any]]) -> None:
    """Durations and errors, as Lambda counts them."""
    at, raised = {"FunctionName": function}, False
    for event in events:
        raised = raised or RAISED in event["message"]
        if found := REPORT.match(event["message"]):
            series.put("AWS/Lambda", "Duration", at, event["timestamp"], float(found[1]))
            if raised:
                series.put("AWS/Lambda", "Errors", at, event["timestamp"])
            raised = False


def _turned_away(series: Series, deployment: Deployment, function: str) -> None:
    """Invocations without a place: no log tells of them, the embedded AWS counts those of `Invoke`."""
    at, now = {"FunctionName": function}, datetime.now(UTC)
    found = aws.client(deployment.stack, "cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName="Throttles",
        Dimensions=[{"Name": name, "Value": value} for name, value in at.items()],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(minutes=1),
        Period=1,
        Statistics=["Sum"],
    )
    for point in found["Datapoints"]:
        if point["Sum"]:
            at_ms = round(point["Timestamp"].timestamp() * 1000)
            series.put("AWS/Lambda", "Throttles", at, at_ms, point["Sum"])


def _of_the_machine(series: Series, deployment: Deployment) -> None:
    machine, states = deployment.outputs["StateMachineArn"], aws.client(deployment.stack, "stepfunctions")
    for status, name in FAILED.items():
        pages = states.get_paginator("list_executions").paginate(stateMachineArn=machine, statusFilter=status)
        for execution in (one for page in pages for one in page["executions"]):
            at_ms = round(execution["stopDate"].timestamp() * 1000)
            series.put("AWS/States", name, {"StateMachineArn": machine}, at_ms)
