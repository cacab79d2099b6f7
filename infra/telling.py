"""How events leave: a bus with an archive, a queue of deliveries, and what wakes announce and deliver."""

import json
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function
from infra.hints import DeadLetters
from infra.nag import accept_wildcard
from infra.settings import SERVICE, Settings

_MAX_RECEIVES = 4
_VISIBILITY_FACTOR = 6
_STREAM_TRIES = 5
_SCHEDULE_TRIES = 2
_READ_STREAM = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
_LIST_REASON = "dynamodb:ListStreams knows no resource-level permissions, and Lambda asks for it to read a stream."


class Bus(Construct):
    """The stage's own bus: whoever wants to know puts a rule on it. The archive allows to tell all again."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Bus")
        self.resource = events.EventBus(self, "Resource", event_bus_name=f"{SERVICE}-{settings.stage}")
        self.resource.archive(
            "Archive",
            description="Everything that was told",
            event_pattern=events.EventPattern(source=[SERVICE]),
            retention=Duration.days(settings.limits.events_archive_days),
        )


class DeliveryQueue(Construct):
    """Messages that say "this delivery is due"; grouped by tenant, so that SQS is fair between them."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Deliveries")
        self.dead_letters = DeadLetters(self, "DeadLetters").resource
        self.resource = sqs.Queue(
            self,
            "Resource",
            visibility_timeout=Duration.seconds(settings.functions.deliver.timeout_seconds * _VISIBILITY_FACTOR),
            retention_period=Duration.days(4),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=_MAX_RECEIVES),
        )


@dataclass(frozen=True, slots=True)
class Channels:
    """Where telling goes through."""

    bus: Bus
    deliveries: DeliveryQueue


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
            batch_size=100,
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
