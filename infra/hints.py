"""The queue of hints ("this lane has work"), and the dead letters of everything asynchronous."""

from aws_cdk import Duration
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.nag import accept
from infra.settings import Settings

_VISIBILITY_FACTOR = 6
_MAX_RECEIVES = 4
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


class Hints(Construct):
    """A standard queue; messages are grouped by tenant, so that SQS is fair between them."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Hints")
        self.dead_letters = DeadLetters(self, "DeadLetters").resource
        self.resource = sqs.Queue(
            self,
            "Resource",
            visibility_timeout=Duration.seconds(settings.functions.dispatch.timeout_seconds * _VISIBILITY_FACTOR),
            retention_period=Duration.days(4),
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=_MAX_RECEIVES),
        )
