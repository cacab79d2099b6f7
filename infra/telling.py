"""How events leave: what wakes announce and deliver, and where it ends when they fail."""

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from constructs import Construct

from infra.channels import Channels
from infra.function import Function
from infra.nag import accept_wildcard
from infra.queues import DeadLetters
from infra.settings import Settings
from infra.waking import Clock, keep_failures

_STREAM_TRIES = 5
_STREAM_BATCH = 25
_EVENT_AGE_SECONDS = 300
_READ_STREAM = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
_LIST_REASON = "dynamodb:ListStreams knows no resource-level permissions, and Lambda asks for it to read a stream."


class Telling(Construct):
    """The stream of the outbox and the minute wake announce; messages wake deliver. Failures end in dead letters."""

    def __init__(
        self, scope: Construct, settings: Settings, channels: Channels, *, announce: Function, deliver: Function
    ) -> None:
        super().__init__(scope, "Telling")
        self.dead_letters = DeadLetters(self, "DeadLetters").resource
        keep_failures(self, announce, self.dead_letters, _EVENT_AGE_SECONDS)
        channels.deliveries.wake(deliver, 1, settings.limits.deliver_max_concurrency)
        why = "Announces what was left behind, and brings back deliveries that are due"
        Clock(self, announce, self.dead_letters).every("EveryMinute", "1 minute", why, {"repair": True})

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


def _into_the_outbox() -> dict[str, object]:
    partition = {"S": lambda_.FilterRule.begins_with("OUTBOX#")}
    pattern = {"eventName": lambda_.FilterRule.is_equal("INSERT"), "dynamodb": {"Keys": {"pk": partition}}}
    return dict(lambda_.FilterCriteria.filter(pattern))
