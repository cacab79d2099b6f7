"""What a job costs at AWS is a decision: each added write fails here first."""

from decimal import Decimal

import pytest

from benchmarks.cost.bill import usd_per_1000
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
    "announce PutEvents": 1,
    "announce DeleteItem": 1,
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
    """At most 0.1322 USD for 1,000 jobs without egress: 0.1288, and 0.0034 for telling the bus of each end."""
    assert usd_per_1000(way) <= Decimal("0.1322")


def test_a_thousand_webhooks_stay_within_their_price(way: Way) -> None:
    """A tenant's endpoint costs at most 0.0071 USD for 1,000 messages that it takes at once; without one, nothing."""
    assert usd_per_1000(one_job(endpoints=1)) - usd_per_1000(way) <= Decimal("0.0071")
    assert way.deliveries == 0
