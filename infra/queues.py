"""Queues: those that wake functions, and the dead letters of everything asynchronous."""

from aws_cdk import Duration
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function
from infra.nag import accept

_VISIBILITY_FACTOR = 6
_MAX_RECEIVES = 4
_READ = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
"""What Lambda needs to read a queue (AWSLambdaSQSQueueExecutionRole)."""

_IS_A_DLQ = "This queue is itself the dead-letter queue; an alarm watches its depth."


class DeadLetters(Construct):
    """A dead-letter queue that keeps its messages for 14 days, longer than any source."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name)
        self.resource = sqs.Queue(
            self,
            "Resource",
            retention_period=Duration.days(14),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
        )
        accept(self.resource, {"AwsSolutions-SQS3": _IS_A_DLQ})


class WorkQueue(Construct):
    """A standard queue for a function that runs so long; messages are grouped by tenant, so that SQS is fair."""

    def __init__(self, scope: Construct, name: str, timeout_seconds: int) -> None:
        super().__init__(scope, name)
        self.dead_letters = DeadLetters(self, "DeadLetters").resource
        self.resource = sqs.Queue(
            self,
            "Resource",
            visibility_timeout=Duration.seconds(timeout_seconds * _VISIBILITY_FACTOR),
            retention_period=Duration.days(4),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=_MAX_RECEIVES),
        )

    def wake(self, function: Function, batch_size: int, max_concurrency: int) -> None:
        """Bring the messages to a function, which tells those that it could not work off."""
        function.allow(_READ, [self.resource.queue_arn])
        function.resource.add_event_source(
            event_sources.SqsEventSource(
                self.resource,
                batch_size=batch_size,
                max_concurrency=max_concurrency,
                report_batch_item_failures=True,
            )
        )
