"""Tenants' webhook endpoints in an operator's hand."""

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.delivery_hints import QueueDeliveryHints
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.clock import RandomIds
from reelwright.adapters.webhooks.secrets import derived
from reelwright.adapters.webhooks.sender import GuardedAddresses, guard
from reelwright.composition.ops.reach import Reach
from reelwright.use_cases.ops.webhooks import MendWebhooks, Uncounted
from reelwright.use_cases.tell.deliveries import ManageDeliveries
from reelwright.use_cases.tell.endpoints import ManageEndpoints


def mend_webhooks(reach: Reach) -> MendWebhooks:
    """None is made or moved from here."""
    secret = Secret(client("secretsmanager"), reach.given.webhooks_secret_arn, ttl_seconds=0)
    ids = RandomIds(reach.clock)
    endpoints = ManageEndpoints(reach.endpoints, derived(secret), GuardedAddresses(guard(())), reach.clock, ids)
    deliveries = ManageDeliveries(
        endpoints=reach.endpoints,
        log=reach.deliveries,
        hints=QueueDeliveryHints(client("sqs"), reach.given.deliveries_queue_url, reach.telemetry),
        clock=reach.clock,
        ids=ids,
        telemetry=reach.telemetry,
        requests=Uncounted(),
    )
    return MendWebhooks(endpoints, deliveries, reach.clock)
