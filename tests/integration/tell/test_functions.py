"""The two handlers as Lambda calls them, on moto: records of the stream, messages of the queue, the minute."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError
from moto import mock_aws

from reelwright.adapters.aws.clients import client, forget
from reelwright.composition import announce, deliver
from reelwright.observability import metrics
from tests.integration.tell.handlers import Stage, load
from tests.support import table
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling

CONTEXT: Any = SimpleNamespace(
    function_name="f", memory_limit_in_mb=256, invoked_function_arn="arn:f", aws_request_id="request"
)
URL = "https://127.0.0.1/hook"


def _forget() -> None:
    forget()
    metrics.provider.clear_metrics()
    for part in (announce.settings, announce.announce, announce.repair_telling, announce._hints, deliver.deliver):  # noqa: SLF001
        part.cache_clear()


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with mock_aws():
        _forget()
        table.create(client("dynamodb"), "reelwright")
        queue = client("sqs").create_queue(QueueName="deliveries")["QueueUrl"]
        heard = client("sqs").create_queue(QueueName="heard")["QueueUrl"]
        client("events").create_event_bus(Name="bus")
        client("events").put_rule(Name="all", EventBusName="bus", EventPattern='{"source": ["reelwright"]}')
        arn = client("sqs").get_queue_attributes(QueueUrl=heard, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        client("events").put_targets(Rule="all", EventBusName="bus", Targets=[{"Id": "1", "Arn": arn}])
        client("secretsmanager").create_secret(Name="webhooks", SecretString='{"master_key": "nobody\'s"}')
        for name, value in {
            "TABLE_NAME": "reelwright",
            "EVENT_BUS_NAME": "bus",
            "DELIVERIES_QUEUE_URL": queue,
            "WEBHOOKS_SECRET_ARN": "webhooks",
            "ALLOW_HTTP_HOSTS": "",
            "WEBHOOK_TIMEOUT_SECONDS": "15",
            "WEBHOOK_LEASE_SECONDS": "90",
            "WEBHOOK_DISABLE_DAYS": "5",
        }.items():
            monkeypatch.setenv(name, value)
        telling = Telling(client("dynamodb"), "reelwright")
        pipeline = Pipeline(telling.table, "reelwright", clock=telling.clock)
        pipeline.tenant()
        yield Stage(telling, pipeline, queue, heard, load("announce"), load("deliver"))
        _forget()


def test_records_become_events_and_messages(stage: Stage) -> None:
    """Whoever has a rule on the bus hears of it, the endpoint gets a message, and the outbox is empty."""
    endpoint, _ = stage.telling.managing.create("acme", URL)
    job = stage.canceled()
    answer = stage.announce.handler({"Records": stage.records()}, CONTEXT)
    assert answer == {"batchItemFailures": []}
    (heard,) = (json.loads(body) for body in stage.messages(stage.heard))
    assert (heard["detail-type"], heard["source"], heard["detail"]["data"]["id"]) == (
        "VideoCanceled",
        "reelwright",
        job,
    )
    (message,) = (json.loads(body) for body in stage.messages(stage.queue))
    assert message["endpoint"] == endpoint.id
    assert stage.telling.in_outbox() == ()


def test_a_record_that_holds_no_event_is_told_as_failed(stage: Stage) -> None:
    """The stream tries it again and puts it aside; those beside it are announced."""
    stage.canceled()
    records = [*stage.records(), {"dynamodb": {"SequenceNumber": "9", "NewImage": {"pk": {"S": "OUTBOX#1"}}}}]
    answer = stage.announce.handler({"Records": records}, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "9"}]}
    assert len(stage.messages(stage.heard)) == 1


def test_the_minute_announces_what_was_left_behind(stage: Stage) -> None:
    """Here the clock is the machine's, and the job ended long before."""
    stage.canceled()
    assert stage.announce.handler({"repair": True}, CONTEXT) == {"batchItemFailures": []}
    assert len(stage.messages(stage.heard)) == 1
    assert stage.telling.in_outbox() == ()


def test_a_message_is_one_try_and_tells_no_address(
    stage: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """The address is private, so nothing is sent; the log names the delivery, the outcome and no address or secret."""
    endpoint, secret = stage.telling.managing.create("acme", URL)
    sent = stage.telling.by_wish.test("acme", endpoint.id)
    ((_, body),) = stage.telling.messages.waiting
    record = {"messageId": "1", "body": body, "receiptHandle": "r", "attributes": {}, "eventSource": "aws:sqs"}
    assert stage.deliver.handler({"Records": [record]}, CONTEXT) == {"batchItemFailures": []}
    (log,) = stage.telling.by_wish.deliveries("acme", endpoint.id, 5).deliveries
    assert [one.outcome for one in log.attempts] == ["refused_address"]
    printed = capsys.readouterr().out + str([vars(record) for record in caplog.records])
    assert sent.id in printed
    assert "127.0.0.1" not in printed
    assert secret.removeprefix("whsec_") not in printed


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"endpoint": 1, "delivery": "d"}', "[" * 100_000])
def test_a_message_that_names_no_delivery_comes_again_and_ends_in_the_dead_letters(stage: Stage, body: str) -> None:
    """It is an error and not ignored: somebody sends nonsense."""
    record = {"messageId": "1", "body": body, "receiptHandle": "r", "attributes": {}, "eventSource": "aws:sqs"}
    with pytest.raises(BatchProcessingError):
        stage.deliver.handler({"Records": [record]}, CONTEXT)


def test_a_message_about_nothing_is_fine(stage: Stage) -> None:
    """The endpoint or its log is gone: there is nothing to do."""
    body = json.dumps({"endpoint": "whe_1", "delivery": "dlv_1"})
    record = {"messageId": "1", "body": body, "receiptHandle": "r", "attributes": {}, "eventSource": "aws:sqs"}
    assert stage.deliver.handler({"Records": [record]}, CONTEXT) == {"batchItemFailures": []}
