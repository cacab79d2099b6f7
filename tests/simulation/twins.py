"""The same call to the table on moto and to the table in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws

from infra.settings import WorkflowSettings
from infra.state_machine import Ends, definition
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.domain.tenant import Tenant
from reelwright.use_cases.ports import IdempotencyHit
from tests.simulation.memory import MemoryJobs, MemoryLanes, MemoryTenants, Rows
from tests.simulation.memory.dump import of_items, of_memory
from tests.simulation.memory.parking import park
from tests.support import table
from tests.support.fakes import FakeClock

NAME = "reelwright"
SLOTS = 2
PACE = 30
PARKING = definition(WorkflowSettings(), Ends(NAME, "", "", 1, 1))["States"]["Await1"]["Parameters"]
"""The state machine's own write, as it is deployed."""


@dataclass
class Store:
    """One of the two."""

    jobs: Any
    lanes: Any
    tenants: Any
    park: Callable[[str, int, str], bool]


@dataclass
class Twins:
    """Both; `same` makes a call to each and wants the same answer and the same rows."""

    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.mock = mock_aws()
        self.mock.start()
        self.client = boto3.client("dynamodb")
        table.create(self.client, NAME)
        now, client = self.clock.now_ms, self.client
        self.rows = Rows()
        self.memory = Store(
            MemoryJobs(self.rows, now), MemoryLanes(self.rows, SLOTS, PACE), MemoryTenants(self.rows), self._park_memory
        )
        self.table = Store(
            TableJobs(client, NAME, now),
            TableLanes(client, NAME, SLOTS, PACE),
            TableTenants(client, NAME),
            self._park_table,
        )

    def close(self) -> None:
        """End the mock."""
        self.mock.stop()

    def same(self, call: Callable[[Store], Any]) -> Any:
        """The answer of both, or the error that both raise."""
        expected, told = _outcome(call, self.table), _outcome(call, self.memory)
        assert told == expected
        return told

    def assert_same_rows(self) -> None:
        """Every row of the table is in memory, attribute by attribute."""
        pages = self.client.get_paginator("scan").paginate(TableName=NAME)
        assert of_memory(self.rows) == of_items([item for page in pages for item in page["Items"]])

    def tenant(self, name: str, units: str, at_once: int, rate: int) -> Tenant:
        """Give both a tenant."""
        tenant = Tenant(name, Decimal(units), at_once, rate)
        self.same(lambda store: store.tenants.put(tenant))
        return tenant

    def _park_memory(self, job_id: str, attempt: int, token: str) -> bool:
        return park(self.rows, job_id, attempt, token)

    def _park_table(self, job_id: str, attempt: int, token: str) -> bool:
        values = PARKING["ExpressionAttributeValues"]
        given = {":token": {"S": token}, ":attempt": {"N": str(attempt)}}
        fixed = {name: value for name, value in values.items() if name not in given}
        try:
            self.client.update_item(
                TableName=NAME,
                Key=keys.job(job_id),
                UpdateExpression=PARKING["UpdateExpression"],
                ConditionExpression=PARKING["ConditionExpression"],
                ExpressionAttributeNames=PARKING["ExpressionAttributeNames"],
                ExpressionAttributeValues=fixed | given,
            )
        except ClientError:
            return False
        return True


def _outcome(call: Callable[[Store], Any], store: Store) -> Any:
    try:
        answer = call(store)
    except IdempotencyHit as hit:
        return "hit", hit.record
    except Exception as error:  # noqa: BLE001 - whatever the one raises, the other must too
        return type(error), getattr(error, "retry_after_seconds", None)
    return answer
