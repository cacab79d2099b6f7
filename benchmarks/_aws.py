"""An emulated AWS in this process (moto), with the resources that the first calls touch."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import boto3
from moto import mock_aws

from benchmarks._events import TABLE

_KEYS = {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def emulated_aws() -> Iterator[None]:
    """Answer requests to AWS's addresses, from any thread of this process, while the context lasts."""
    with patch.dict("os.environ", _KEYS), mock_aws():
        _create()
        yield


def _create() -> None:
    boto3.client("sqs").create_queue(QueueName="bench")
    boto3.client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    )
