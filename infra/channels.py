"""Where telling goes through: the stage's event bus with its archive, and the queue of deliveries."""

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_events as events
from constructs import Construct

from infra.queues import WorkQueue
from infra.settings import SERVICE, Settings


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


@dataclass(frozen=True, slots=True)
class Channels:
    """Where telling goes through."""

    bus: Bus
    deliveries: WorkQueue
