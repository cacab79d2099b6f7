"""A thousand requests race for a budget that covers ten."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Lock
from typing import Any

import pytest
from botocore.exceptions import ClientError

from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.patience import Patience
from reelwright.domain.errors import Conflict, OverBudget
from reelwright.domain.job import Job
from reelwright.domain.times import month
from reelwright.use_cases.ports import Admission
from tests.crash.quick_moto import quick_moto
from tests.simulation.writes import fresh
from tests.support.pipeline import CLIP, Pipeline

REQUESTS, AT_ONCE, COVERED = 1_000, 8, 10
UNITS = Decimal("1.5")
BUSY: Any = {
    "Error": {"Code": "TransactionCanceledException"},
    "CancellationReasons": [{"Code": "TransactionConflict"}],
}


class Crossing:
    """DynamoDB where transactions meet: who comes while another one is at the same rows is turned away."""

    def __init__(self, client: Any) -> None:
        self._client, self._rows = client, Lock()
        self.met = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def transact_write_items(self, **given: Any) -> Any:
        if not self._rows.acquire(blocking=False):
            self.met += 1
            raise ClientError(BUSY, "TransactWriteItems")
        try:
            return self._client.transact_write_items(**given)
        finally:
            self._rows.release()

    def stand_aside(self, _seconds: float) -> None:
        """Wait until the other one is done."""
        with self._rows:
            pass


@pytest.fixture
def crossing(pipeline: Pipeline) -> Iterator[Crossing]:
    """A table at which many are at work."""
    with quick_moto():
        yield Crossing(pipeline.client)


def test_exactly_as_many_are_admitted_as_the_budget_covers(pipeline: Pipeline, crossing: Crossing) -> None:
    """All have read the plan before the first one writes; the month says to the last digit who was admitted."""
    tenant = pipeline.tenant(units=str(UNITS * COVERED + 1), rate=REQUESTS)
    now = pipeline.clock.now_ms()
    jobs = TableJobs(crossing, pipeline.table, pipeline.clock.now_ms, Patience(pause=crossing.stand_aside))

    def admitted(job: Job) -> bool:
        """Ask until the answer is yes or no."""
        while True:
            try:
                jobs.admit(Admission(job, CLIP, tenant, None))
            except OverBudget:
                return False
            except Conflict:
                continue
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(admitted, [fresh(number, "acme", now, 0, 0) for number in range(REQUESTS)]))
    usage = pipeline.tenants.usage(tenant, month(now))
    assert (sum(answers), usage.held, usage.captured) == (COVERED, UNITS * COVERED, Decimal(0))
    assert crossing.met
