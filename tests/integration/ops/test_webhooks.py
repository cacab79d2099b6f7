"""Tenants' webhook endpoints, mended by an operator."""

import json
import re
from base64 import b64decode
from dataclasses import replace

import pytest

from reelwright.domain import delivery as deliveries
from reelwright.domain.delivery import Delivery, DeliveryStatus
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.domain.event import Event, EventType
from reelwright.use_cases.ops import webhooks
from reelwright.use_cases.tell.signing import headers
from tests.integration.ops.office import Office
from tests.simulators.kling.callbacks import sign

HOUR_MS = 3_600_000


@pytest.fixture
def endpoint(office: Office) -> WebhookEndpoint:
    """An endpoint of acme's."""
    made, _ = office.box.webhooks.endpoints.create("acme", "https://1.1.1.1/hook")
    return made


def delivered(
    office: Office, endpoint: WebhookEndpoint, name: str, status: DeliveryStatus, payload: str = "{}"
) -> Delivery:
    """A delivery of an event that has come to some end."""
    office.clock.advance(0.001)
    event = Event(f"evt_{name}", EventType.SUCCEEDED, "acme", office.clock.at_ms, {"id": "job_1"})
    made = deliveries.of_event(event, endpoint, office.clock.at_ms)
    log = office.box.webhooks.deliveries.log
    log.put_new(made)
    ended = replace(made, status=status, payload=payload, next_ms=None, due_ms=None, version=2)
    log.save(made, ended)
    return ended


def states(office: Office, endpoint: WebhookEndpoint) -> list[tuple[str, str]]:
    return sorted((one.event_id, one.status) for one in office.box.webhooks.log("acme", endpoint.id))


def test_a_secret_is_rotated_and_both_sign(
    office: Office, endpoint: WebhookEndpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text is told once; whoever holds the old one verifies until the overlap ends, the new one from now on."""
    secrets = office.box.webhooks.endpoints.secrets
    assert office.run(f"webhook rotate acme {endpoint.id} --hours 2") == 0
    told = re.findall(r"whsec_\S+", capsys.readouterr().out)
    assert told == [secrets.secret(endpoint.id, 2)]
    assert len(b64decode(told[0].removeprefix("whsec_"))) == 32
    assert office.run(f"webhook rotate acme {endpoint.id}") == 4, "one rotation at a time"
    after, now = office.box.webhooks.endpoints.get("acme", endpoint.id), office.clock.at_ms
    assert [one.number for one in after.live_secrets(now + 2 * HOUR_MS - 1)] == [2, 1]
    assert [one.number for one in after.live_secrets(now + 2 * HOUR_MS)] == [2]
    signing = [secrets.secret(endpoint.id, one.number) for one in after.live_secrets(now)]
    both = headers("evt_1", now, "{}", signing)["webhook-signature"].split()
    for secret in (secrets.secret(endpoint.id, 1), told[0]):
        assert sign([secret], "evt_1", now // 1000, b"{}")["webhook-signature"] in both
    assert told[0] not in str(office.rows())


def test_what_was_lost_is_sent_again(office: Office, endpoint: WebhookEndpoint) -> None:
    """Without ids: events that never arrived, each once, under the same message id."""
    lost = delivered(office, endpoint, "a", "failed")
    delivered(office, endpoint, "b", "abandoned")
    delivered(office, endpoint, "b", "delivered")
    delivered(office, endpoint, "c", "delivered")
    before = states(office, endpoint)
    assert office.run(f"webhook replay acme {endpoint.id} --dry-run") == 0
    assert states(office, endpoint) == before
    office.clock.advance(1)
    assert office.run(f"webhook replay acme {endpoint.id}") == 0
    assert states(office, endpoint) == sorted([*before, (lost.event_id, "pending")])
    assert office.run(f"webhook replay acme {endpoint.id} {lost.id}") == 0
    assert states(office, endpoint) == sorted([*before, (lost.event_id, "pending")]), "it is on its way already"
    (message,) = office.sqs.receive_message(QueueUrl=office.given.deliveries_queue_url)["Messages"]
    assert json.loads(message["Body"])["endpoint"] == endpoint.id


def test_nothing_that_was_lost_is_left_behind(
    office: Office, endpoint: WebhookEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many pages the log has, and however large its rows are."""
    monkeypatch.setattr(webhooks, "PAGE", 2)
    lost = {delivered(office, endpoint, f"{number}", "failed", "x" * 300_000).event_id for number in range(9)}
    delivered(office, endpoint, "good", "delivered")
    office.clock.advance(1)
    assert office.run(f"webhook replay acme {endpoint.id}") == 0
    assert {event for event, status in states(office, endpoint) if status == "pending"} == lost
    assert len(states(office, endpoint)) == 2 * 9 + 1


def test_a_leak_within_an_overlap_is_ended_at_once(
    office: Office, endpoint: WebhookEndpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    """While two sign a third must wait, unless it replaces both."""
    assert office.run(f"webhook rotate acme {endpoint.id} --hours 24") == 0
    assert office.run(f"webhook rotate acme {endpoint.id} --hours 1") == 4
    assert office.run(f"webhook rotate acme {endpoint.id} --hours 0 --dry-run") == 0
    capsys.readouterr()
    assert office.run(f"webhook rotate acme {endpoint.id} --hours 0") == 0
    after = office.box.webhooks.endpoints.get("acme", endpoint.id)
    assert [one.number for one in after.live_secrets(office.clock.at_ms)] == [3]
    assert office.box.webhooks.endpoints.secrets.secret(endpoint.id, 3) in capsys.readouterr().out


def test_an_operator_spends_none_of_the_tenants_requests(office: Office, endpoint: WebhookEndpoint) -> None:
    """What is mended does not stand in the way of the tenant's own work."""
    office.pipeline.tenant(rate=1)
    lost = [delivered(office, endpoint, name, "failed") for name in "abc"]
    assert office.run(f"webhook replay acme {endpoint.id}") == 0
    assert len([1 for _, status in states(office, endpoint) if status == "pending"]) == len(lost)
    office.pipeline.submit()


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


def test_an_endpoint_is_switched_off_and_on(office: Office, endpoint: WebhookEndpoint) -> None:
    """Nothing is sent to a disabled one; a test shows that it works again."""
    assert office.run(f"webhook disable acme {endpoint.id}") == 0
    assert office.run(f"webhook test acme {endpoint.id}") == 4
    assert office.run(f"webhook replay acme {endpoint.id}") == 4
    assert office.run(f"webhook enable acme {endpoint.id}") == 0
    assert office.run(f"webhook test acme {endpoint.id}") == 0
    assert office.run(f"webhook test acme {endpoint.id}") == 0
    assert [status for _, status in states(office, endpoint)] == ["pending"], "repeated: one test at a time"


def test_what_is_listed_names_no_address(
    office: Office, endpoint: WebhookEndpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the endpoint's address nor a body is printed, nor stands in the audit."""
    delivered(office, endpoint, "a", "failed")
    assert office.run("webhook list acme") == office.run(f"webhook log acme {endpoint.id}") == 0
    printed = capsys.readouterr().out
    assert endpoint.id in printed
    assert "evt_a" in printed
    assert "1.1.1.1" not in printed + str(office.audits())
    assert office.run("webhook list nobody") == 3
    assert office.run(f"webhook log zoe {endpoint.id}") == 3


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


def test_erasure_takes_endpoints_and_deliveries(office: Office, endpoint: WebhookEndpoint) -> None:
    """Addresses and bodies of a tenant are gone with it."""
    delivered(office, endpoint, "a", "failed")
    office.run("tenant suspend acme")
    assert office.run("tenant erase acme --dry-run") == 0
    assert states(office, endpoint) == [("evt_a", "failed")]
    assert office.run("tenant erase acme") == 0
    assert endpoint.id not in str([row for key, row in office.rows().items() if not key[0].startswith("AUDIT")])
    assert "1.1.1.1" not in str(office.rows())
