"""Dead letters about deliveries, explained, driven again or dropped."""

import json

import pytest

from reelwright.domain.endpoint import WebhookEndpoint
from tests.integration.ops.office import Office
from tests.integration.ops.webhooks.receivers import delivered


def test_a_letter_about_a_spoiled_delivery_can_be_dropped(
    office: Office, endpoint: WebhookEndpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is explained like the others, which go back to work; afterwards the queue is empty."""
    spoiled, good = (office.box.webhooks.deliveries.test("acme", endpoint.id) for _ in range(2))
    office.change(f"ENDPOINT#{endpoint.id}", f"DELIVERY#{spoiled.id}", attempts=None)
    office.sqs.purge_queue(QueueUrl=office.given.deliveries_queue_url)
    for one in (spoiled, good):
        body = json.dumps({"endpoint": endpoint.id, "delivery": one.id})
        office.sqs.send_message(QueueUrl=office.given.delivery_dead_letters_url, MessageBody=body)
    assert office.run("deadletters list") == 0
    capsys.readouterr()
    assert office.run("deadletters explain --json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {(row["wanted"], row["advice"]) for row in rows} == {
        ("unreadable", "drop"),
        (f"deliver to {endpoint.id}", "redrive"),
    }
    assert office.run("deadletters redrive") == 0
    (message,) = office.sqs.receive_message(QueueUrl=office.given.deliveries_queue_url)["Messages"]
    assert json.loads(message["Body"])["delivery"] == good.id
    assert office.run("deadletters drop") == 0
    assert office.box.dead_letters.explain(10) == ()


def test_letters_about_deliveries_are_explained(office: Office, endpoint: WebhookEndpoint) -> None:
    """What still has to be delivered is worth another drive; what is over is dropped, and the outbox's letters."""
    over = delivered(office, endpoint, "a", "delivered")
    pending = office.box.webhooks.deliveries.test("acme", endpoint.id)
    for one in (over, pending):
        body = json.dumps({"endpoint": endpoint.id, "delivery": one.id})
        office.sqs.send_message(QueueUrl=office.given.delivery_dead_letters_url, MessageBody=body)
    office.sqs.send_message(QueueUrl=office.given.announce_dead_letters_url, MessageBody="{}")
    office.sqs.purge_queue(QueueUrl=office.given.deliveries_queue_url)
    assert office.run("deadletters redrive") == 0
    (message,) = office.sqs.receive_message(QueueUrl=office.given.deliveries_queue_url)["Messages"]
    assert json.loads(message["Body"])["delivery"] == pending.id
    assert office.run("deadletters drop") == 0
    assert office.box.dead_letters.explain(10) == ()
