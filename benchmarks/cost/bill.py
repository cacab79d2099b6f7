"""What was counted, priced per 1,000 jobs."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from benchmarks.cost.prices import BILLED_SECONDS, PRICES
from benchmarks.cost.way import Way
from infra.settings import FunctionSettings, FunctionsSettings

CLIENT_READS: Final = 3
"""Looks of a client that heeds `Retry-After`; each is a request, an authorizer and a query with their reads."""


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the bill: how much of it one job takes."""

    item: str
    amount: Decimal

    @property
    def usd_per_1000(self) -> Decimal:
        """Its price for 1,000 jobs."""
        return self.amount * PRICES[self.item] * 1000


def bill(way: Way) -> tuple[Line, ...]:
    """One job's items. The scheduled sweep is idle cost, not a job's; logs and egress stand apart."""
    functions = invocations(way)
    return (
        Line("api_request", Decimal(way.functions["submit"] + way.functions["webhook"] + CLIENT_READS)),
        Line("lambda_request", Decimal(sum(functions.values()))),
        Line("lambda_gb_second", sum((_gb_seconds(name) * times for name, times in functions.items()), Decimal(0))),
        Line("dynamodb_write_unit", Decimal(str(way.meter.writes))),
        Line("dynamodb_read_unit", Decimal(str(way.meter.reads + 1 + 2 * CLIENT_READS))),
        Line("sqs_request", Decimal(3 * (way.hints + way.deliveries))),
        Line("event_published", Decimal(way.events)),
        Line("step_functions_transition", Decimal(way.states)),
        Line("s3_put", Decimal(way.objects)),
    )


def usd_per_1000(way: Way) -> Decimal:
    """All items together."""
    return sum((line.usd_per_1000 for line in bill(way)), Decimal(0))


def invocations(way: Way) -> dict[str, int]:
    """Invocations by function; a dispatch that found nothing to send is short."""
    sent = min(1, way.functions["dispatch"])
    counted = {name: times for name, times in way.functions.items() if name not in {"dispatch", "sweep"}}
    doors = {"authorizer": way.functions["submit"] + CLIENT_READS, "query": CLIENT_READS}
    return counted | doors | {"dispatch": sent, "dispatch_idle": way.functions["dispatch"] - sent}


def _gb_seconds(function: str) -> Decimal:
    settings: FunctionSettings = getattr(FunctionsSettings(), function.removesuffix("_idle"))
    return BILLED_SECONDS[function] * settings.memory_mb / 1024
