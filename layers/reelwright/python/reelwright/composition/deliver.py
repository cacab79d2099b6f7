"""Deliver's composition root."""

from functools import cache
from random import SystemRandom

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.delivery_hints import QueueDeliveryHints
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.aws.table.deliveries import TableDeliveries
from reelwright.adapters.aws.table.endpoints import TableEndpoints
from reelwright.adapters.clock import RandomIds, SystemClock
from reelwright.adapters.webhooks.secrets import derived
from reelwright.adapters.webhooks.sender import GuardedSender, guard
from reelwright.composition.environment import read
from reelwright.composition.settings import DeliverSettings
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.tell.deliver import Deliver


@cache
def deliver() -> Deliver:
    """The use case behind the queue of deliveries."""
    given, clock, telemetry = read(DeliverSettings), SystemClock(), PowertoolsTelemetry()
    table, secret = client("dynamodb"), Secret(client("secretsmanager"), given.webhooks_secret_arn)
    return Deliver(
        endpoints=TableEndpoints(table, given.table_name),
        deliveries=TableDeliveries(table, given.table_name),
        hints=QueueDeliveryHints(client("sqs"), given.deliveries_queue_url, telemetry),
        secrets=derived(secret),
        sender=GuardedSender(guard(given.allow_http_hosts), given.webhook_timeout_seconds),
        clock=clock,
        ids=RandomIds(clock),
        chance=SystemRandom().random,
        telemetry=telemetry,
        lease_seconds=given.webhook_lease_seconds,
        disable_days=given.webhook_disable_days,
    )
