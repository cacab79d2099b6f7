"""How events leave: what wakes announce and deliver, and where it ends when they fail."""

import json

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.channels import Channels
from infra.function import Function
from infra.hints import DeadLetters
from infra.nag import accept_wildcard
from infra.settings import Settings

_STREAM_TRIES = 5
_STREAM_BATCH = 25
_SCHEDULE_TRIES = 2
_READ_STREAM = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
_LIST_REASON = "dynamodb:ListStreams knows no resource-level permissions, and Lambda asks for it to read a stream."


class Telling(Construct):
    """The stream of the outbox and the minute wake announce; messages wake deliver. Failures end in dead letters."""

    def __init__(
        self, scope: Construct, settings: Settings, channels: Channels, *, announce: Function, deliver: Function
    ) -> None:
        super().__init__(scope, "Telling")
        self.dead_letters = DeadLetters(self, "DeadLetters").resource
        lambda_.EventInvokeConfig(
            self,
            "Failures",
            function=announce.resource,
            max_event_age=Duration.minutes(5),
            retry_attempts=_SCHEDULE_TRIES,
            on_failure=destinations.SqsDestination(self.dead_letters),
        )
        deliver.resource.add_event_source(
            event_sources.SqsEventSource(
                channels.deliveries.resource,
                batch_size=1,
                max_concurrency=settings.limits.deliver_max_concurrency,
                report_batch_item_failures=True,
            )
        )
        self._schedule(announce)

    def read_outbox(self, announce: Function, table: dynamodb.Table) -> None:
        """Wake announce for every row that comes into the outbox, and for nothing else of the table."""
        stream = str(table.table_stream_arn)
        announce.allow(_READ_STREAM, [stream])
        announce.allow(["dynamodb:ListStreams"], ["*"])
        accept_wildcard(announce.role, "*", _LIST_REASON)
        mapping = lambda_.EventSourceMapping(
            self,
            "Outbox",
            target=announce.resource,
            event_source_arn=stream,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=_STREAM_BATCH,
            bisect_batch_on_error=True,
            report_batch_item_failures=True,
            retry_attempts=_STREAM_TRIES,
            max_record_age=Duration.hours(1),
            on_failure=event_sources.SqsDlq(self.dead_letters),
            filters=[_into_the_outbox()],
        )
        mapping.node.add_dependency(announce.role)

    def _schedule(self, announce: Function) -> None:
        role = iam.Role(self, "ScheduleRole", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"))
        role.add_to_policy(iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[announce.arn]))
        role.add_to_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[self.dead_letters.queue_arn]))
        scheduler.CfnSchedule(
            self,
            "EveryMinute",
            description="Announces what was left behind, and brings back deliveries that are due",
            schedule_expression="rate(1 minute)",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=announce.arn,
                role_arn=role.role_arn,
                input=json.dumps({"repair": True}),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=self.dead_letters.queue_arn),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=300, maximum_retry_attempts=_SCHEDULE_TRIES
                ),
            ),
        )


def _into_the_outbox() -> dict[str, object]:
    partition = {"S": lambda_.FilterRule.begins_with("OUTBOX#")}
    pattern = {"eventName": lambda_.FilterRule.is_equal("INSERT"), "dynamodb": {"Keys": {"pk": partition}}}
    return dict(lambda_.FilterCriteria.filter(pattern))
