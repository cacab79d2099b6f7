"""What wakes a function by itself, and where that ends when it fails."""

import json
from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function

TRIES = 2
_SCHEDULE_AGE_SECONDS = 300


def keep_failures(scope: Construct, function: Function, dead_letters: sqs.Queue, age_seconds: int) -> None:
    """Asynchronous invocations are tried again for so long; those that fail then become dead letters."""
    function.allow(["sqs:SendMessage"], [dead_letters.queue_arn])
    lambda_.EventInvokeConfig(
        scope,
        "Failures",
        function=function.resource,
        max_event_age=Duration.seconds(age_seconds),
        retry_attempts=TRIES,
        on_failure=destinations.SqsDestination(dead_letters),
    )


class Clock:
    """The schedules of one function, with one role for all of them."""

    def __init__(self, scope: Construct, function: Function, dead_letters: sqs.Queue) -> None:
        self._scope, self._function, self._dead_letters = scope, function, dead_letters
        self._role = iam.Role(scope, "ScheduleRole", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"))
        self._may("lambda:InvokeFunction", function.arn)
        self._may("sqs:SendMessage", dead_letters.queue_arn)

    def every(self, name: str, rate: str, why: str, event: Mapping[str, object]) -> None:
        """Wake the function at this rate with this event."""
        scheduler.CfnSchedule(
            self._scope,
            name,
            description=why,
            schedule_expression=f"rate({rate})",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=self._function.arn,
                role_arn=self._role.role_arn,
                input=json.dumps(event),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=self._dead_letters.queue_arn),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=_SCHEDULE_AGE_SECONDS, maximum_retry_attempts=TRIES
                ),
            ),
        )

    def _may(self, action: str, resource: str) -> None:
        self._role.add_to_policy(iam.PolicyStatement(actions=[action], resources=[resource]))
