"""What wakes the sweep: the clock, and failed executions. Deliveries that fail end in a dead-letter queue."""

import json

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.function import Function
from infra.hints import DeadLetters

_EVENT_AGE_SECONDS = 3_600
_SCHEDULE_AGE_SECONDS = 300
_TRIES = 2


class Sweeping(Construct):
    """A schedule of one minute, a rule for failed executions, and dead letters for both."""

    def __init__(self, scope: Construct, sweep: Function, machine: sfn.StateMachine) -> None:
        super().__init__(scope, "Sweeping")
        self.dead_letters = DeadLetters(self, "DeadLetters").resource
        lambda_.EventInvokeConfig(
            self,
            "Failures",
            function=sweep.resource,
            max_event_age=Duration.seconds(_EVENT_AGE_SECONDS),
            retry_attempts=_TRIES,
            on_failure=destinations.SqsDestination(self.dead_letters),
        )
        self._rule(sweep, machine)
        self._role = _schedule_role(self, sweep, self.dead_letters)
        self._schedule(sweep, "EveryMinute", "rate(1 minute)", "Repairs whatever a crash left behind", {})
        self._schedule(sweep, "EveryHour", "rate(1 hour)", "Asks whether the books agree", {"check": "ledger"})

    def _rule(self, sweep: Function, machine: sfn.StateMachine) -> None:
        events.Rule(
            self,
            "FailedExecutions",
            description="An execution that failed is a job to repair",
            event_pattern=events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={"status": ["FAILED", "TIMED_OUT", "ABORTED"], "stateMachineArn": [machine.state_machine_arn]},
            ),
            targets=[
                targets.LambdaFunction(
                    sweep.resource,
                    dead_letter_queue=self.dead_letters,
                    max_event_age=Duration.seconds(_EVENT_AGE_SECONDS),
                    retry_attempts=_TRIES,
                )
            ],
        )

    def _schedule(self, sweep: Function, name: str, rate: str, why: str, event: dict[str, str]) -> None:
        scheduler.CfnSchedule(
            self,
            name,
            description=why,
            schedule_expression=rate,
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=sweep.arn,
                role_arn=self._role.role_arn,
                input=json.dumps(event),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=self.dead_letters.queue_arn),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=_SCHEDULE_AGE_SECONDS,
                    maximum_retry_attempts=_TRIES,
                ),
            ),
        )


def _schedule_role(scope: Construct, sweep: Function, dead_letters: sqs.Queue) -> iam.Role:
    role = iam.Role(scope, "ScheduleRole", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"))
    role.add_to_policy(iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[sweep.arn]))
    role.add_to_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[dead_letters.queue_arn]))
    return role
