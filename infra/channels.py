"""Where telling goes through: the stage's event bus with its archive, and the queue of deliveries."""

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.hints import DeadLetters
from infra.settings import SERVICE, Settings

_MAX_RECEIVES = 4
_VISIBILITY_FACTOR = 6


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
