from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from tests.crash.quick_moto import quick_moto
from tests.support import table
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling


@pytest.fixture
def telling() -> Iterator[Telling]:
    """The use cases of telling on an empty table."""
    with mock_aws(), quick_moto():
        client = boto3.client("dynamodb")
        table.create(client, "reelwright")
        yield Telling(client, "reelwright")


@pytest.fixture
def pipeline(telling: Telling) -> Pipeline:
    """A pipeline on the same table and clock, with one tenant."""
    made = Pipeline(telling.table, telling.name, clock=telling.clock)
    made.tenant()
    return made
