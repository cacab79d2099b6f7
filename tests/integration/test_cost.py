"""What a job costs at AWS is a decision: each added write fails here first."""

from decimal import Decimal

import pytest

from benchmarks.cost.bill import bill
from benchmarks.cost.way import Way, one_job

CALLS = {
    "submit TransactWriteItems": 1,
    "submit SendMessage": 1,
    "dispatch TransactWriteItems": 1,
    "dispatch PutItem": 1,
    "dispatch StartExecution": 1,
    "workflow UpdateItem": 1,
    "webhook UpdateItem": 1,
    "webhook SendTaskSuccess": 1,
    "finalize TransactWriteItems": 2,
    "finalize PutObject": 2,
    "finalize SendMessage": 1,
}
"""Everything that one job with callbacks changes, by function."""

READS = ("GetItem", "Query", "GET", "POST", "GetSecretValue", "BatchGetItem")


@pytest.fixture(scope="module")
def way() -> Way:
    """One job's whole way."""
    return one_job()


def test_a_job_makes_exactly_these_changes(way: Way) -> None:
    """The writes of a job with callbacks are counted, one by one."""
    writes = {call: times for call, times in way.meter.calls.items() if call.split()[1] not in READS}
    assert writes == CALLS
    assert way.states == 2


def test_a_thousand_jobs_stay_within_their_price(way: Way) -> None:
    """At most 0.1305 USD for 1,000 jobs without egress."""
    assert sum((line.usd_per_1000 for line in bill(way)), Decimal(0)) <= Decimal("0.1305")
