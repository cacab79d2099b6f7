from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from tests.support import table
from tests.support.pipeline import Pipeline


@pytest.fixture
def pipeline() -> Iterator[Pipeline]:
    """A pipeline with two slots and one tenant of 100 units."""
    with mock_aws():
        client = boto3.client("dynamodb")
        table.create(client, "reelwright")
        made = Pipeline(client, "reelwright")
        made.tenant()
        yield made
