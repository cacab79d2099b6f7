"""The composition root of endpoints."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.delivery_hints import QueueDeliveryHints
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.aws.table.deliveries import TableDeliveries
from reelwright.adapters.aws.table.endpoints import TableEndpoints
from reelwright.adapters.aws.table.requests import TableRequests
from reelwright.adapters.clock import RandomIds, SystemClock
from reelwright.adapters.lazy import Lazy
from reelwright.adapters.webhooks.secrets import DerivedSecrets, derived
from reelwright.composition.environment import read
from reelwright.composition.settings import EndpointsSettings
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.tell.deliveries import ManageDeliveries
from reelwright.use_cases.tell.endpoints import ManageEndpoints
from reelwright.use_cases.tell.ports import AddressCheck


@cache
def settings() -> EndpointsSettings:
    """The function's settings."""
    return read(EndpointsSettings)


@cache
def manage_endpoints() -> ManageEndpoints:
    """The use case behind every call about endpoints."""
    given, clock = settings(), SystemClock()
    return ManageEndpoints(
        endpoints=TableEndpoints(client("dynamodb"), given.table_name),
        secrets=Lazy(lambda: _secrets(given.webhooks_secret_arn)),
        addresses=Lazy(lambda: _addresses(given.allow_http_hosts)),
        clock=clock,
        ids=RandomIds(clock),
        overlap_hours=given.webhook_secret_overlap_hours,
    )


@cache
def manage_deliveries() -> ManageDeliveries:
    """The use case behind every call about what is sent to them."""
    given, clock, telemetry = settings(), SystemClock(), PowertoolsTelemetry()
    table = client("dynamodb")
    return ManageDeliveries(
        endpoints=TableEndpoints(table, given.table_name),
        log=TableDeliveries(table, given.table_name),
        hints=Lazy(lambda: QueueDeliveryHints(client("sqs"), given.deliveries_queue_url, telemetry)),
        clock=clock,
        ids=RandomIds(clock),
        telemetry=telemetry,
        requests=TableRequests(table, given.table_name),
    )


def _secrets(arn: str) -> DerivedSecrets:
    return derived(Secret(client("secretsmanager"), arn))


def _addresses(allow_http_hosts: tuple[str, ...]) -> AddressCheck:
    from reelwright.adapters.webhooks.sender import GuardedAddresses, guard  # noqa: PLC0415 - new addresses alone need it

    return GuardedAddresses(guard(allow_http_hosts))
