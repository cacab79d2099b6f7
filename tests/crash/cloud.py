"""The AWS resources of a run, on one moto backend that is emptied between runs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.s3.models import s3_backends
from moto.sqs.models import sqs_backends
from moto.stepfunctions.models import stepfunctions_backends

from reelwright.adapters.aws.clients import client, forget
from tests.support import table

REGION: Final = "eu-central-1"
TABLE: Final = "reelwright"
BUCKET: Final = "media"
MACHINE_ARN: Final = f"arn:aws:states:{REGION}:{DEFAULT_ACCOUNT_ID}:stateMachine:job"
QUEUE_URL: Final = f"https://sqs.{REGION}.amazonaws.com/{DEFAULT_ACCOUNT_ID}/hints"
DELIVERIES_URL: Final = f"https://sqs.{REGION}.amazonaws.com/{DEFAULT_ACCOUNT_ID}/deliveries"
BUS: Final = "reelwright-crash"
KLING_ACCOUNT: Final = {"access": "a-secret-key-that-is-long-enough-for-hs256"}
KLING_KEYS: Final = json.dumps({"access_key": "access", "secret_key": KLING_ACCOUNT["access"]})
CALLBACK_KEYS: Final = '{"capability_key": "0123456789abcdef0123456789abcdef", "kling_webhook_secrets": []}'
WEBHOOK_KEYS: Final = '{"master_key": "0123456789abcdef0123456789abcdef"}'


@contextmanager
def cloud() -> Iterator[None]:
    """Make everything once; every run in here shares it."""
    with mock_aws():
        forget()
        table.create(client("dynamodb"), TABLE)
        client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        for name in ("hints", "deliveries"):
            client("sqs").create_queue(QueueName=name)
        client("events").create_event_bus(Name=BUS)
        role = f"arn:aws:iam::{DEFAULT_ACCOUNT_ID}:role/machine"
        client("stepfunctions").create_state_machine(name="job", definition="{}", roleArn=role)
        for name, value in (("kling", KLING_KEYS), ("callbacks", CALLBACK_KEYS), ("webhooks", WEBHOOK_KEYS)):
            client("secretsmanager").create_secret(Name=name, SecretString=value)
        try:
            yield
        finally:
            forget()


def empty() -> None:
    """Forget all rows, objects, messages and executions."""
    _table().items.clear()
    bucket = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[BUCKET]
    bucket.keys.clear()
    bucket.multiparts.clear()
    for queue in sqs_backends[DEFAULT_ACCOUNT_ID][REGION].queues.values():
        queue._messages.clear()  # noqa: SLF001 - purging by API costs a call and a minute's grace
    _machine().executions.clear()


def rows() -> dict[tuple[str, str], dict[str, Any]]:
    """Every row by its key, in DynamoDB's own shape, read beside the API."""
    found = {}
    for partition in _table().items.values():
        for item in partition.values():
            attributes = item.to_json()["Attributes"]
            found[attributes["pk"]["S"], attributes["sk"]["S"]] = attributes
    return found


def objects() -> dict[str, bytes]:
    """Every object in the bucket."""
    stored = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[BUCKET].keys
    return {name: key.value for name, key in stored.items()}


def execution_status(name: str, status: str) -> None:
    """Let moto tell what became of an execution."""
    for execution in _machine().executions:
        if execution.name == name:
            execution.status = status


def _table() -> Any:
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[TABLE]


def _machine() -> Any:
    backend = stepfunctions_backends[DEFAULT_ACCOUNT_ID][REGION]
    return next(machine for machine in backend.state_machines if machine.arn == MACHINE_ARN)
