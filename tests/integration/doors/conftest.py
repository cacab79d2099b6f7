import sys
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from reelwright.adapters.aws.clients import client, forget
from tests.integration.doors.door import Door
from tests.integration.doors.town import TABLE, Town, settle
from tests.support import table

SECRETS = {
    "CALLBACKS_SECRET_ARN": '{"capability_key": "0123456789abcdef0123456789abcdef", "kling_webhook_secrets": []}',
    "WEBHOOKS_SECRET_ARN": '{"master_key": "fedcba9876543210fedcba9876543210"}',
}
PLAIN = {
    "STAGE": "test",
    "TABLE_NAME": TABLE,
    "MEDIA_BUCKET": "media",
    "MEDIA_BASE_URL": "https://cdn.example",
    "MEDIA_LINK_SECONDS": "3600",
    "MEDIA_SECRET_ARNS": "unread",
    "MEDIA_KEY_PAIR_IDS": "K1",
    "KLING_ACCOUNTS": "main",
    "HINT_REPAIR_SECONDS": "10",
    "IDEMPOTENCY_HOURS": "24",
    "STATE_MACHINE_ARN": "arn:aws:states:eu-central-1:123456789012:stateMachine:attempts",
    "ALLOW_HTTP_HOSTS": "",
    "WEBHOOK_SECRET_OVERLAP_HOURS": "24",
    "POWERTOOLS_METRICS_DISABLED": "true",
}


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """A small town on moto; nothing that the tests do to it makes a difference to the next one."""
    with mock_aws(), pytest.MonkeyPatch.context() as patched:
        _fresh()
        for name, value in (PLAIN | _made()).items():
            patched.setenv(name, value)
        door = Door()
        door.listen()
        yield settle(door)
        _fresh()


def _made() -> dict[str, str]:
    """The stage's resources, and where functions are told that they are."""
    table.create(client("dynamodb"), TABLE)
    queues: Any = boto3.client("sqs")
    secrets: Any = client("secretsmanager")
    urls = {name: queues.create_queue(QueueName=name.lower())["QueueUrl"] for name in ("HINTS", "DELIVERIES")}
    arns = {name: secrets.create_secret(Name=name, SecretString=text)["ARN"] for name, text in SECRETS.items()}
    return {f"{name}_QUEUE_URL": url for name, url in urls.items()} | arns


def _fresh() -> None:
    """As a new process: no client, no composition root is left over."""
    forget()
    for name, module in list(sys.modules.items()):
        if name.startswith("reelwright.composition."):
            for part in vars(module).values():
                if hasattr(part, "cache_clear"):
                    part.cache_clear()
