"""Deliveries to tenants' webhook endpoints, sent again by an operator, and endpoints switched off and on."""

import json

import pytest

from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.use_cases.ops import webhooks
from tests.integration.ops.office import Office
from tests.integration.ops.webhooks.receivers import delivered, states


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


def test_an_operator_spends_none_of_the_tenants_requests(office: Office, endpoint: WebhookEndpoint) -> None:
    """What is mended does not stand in the way of the tenant's own work."""
    office.pipeline.tenant(rate=1)
    lost = [delivered(office, endpoint, name, "failed") for name in "abc"]
    assert office.run(f"webhook replay acme {endpoint.id}") == 0
    assert len([1 for _, status in states(office, endpoint) if status == "pending"]) == len(lost)
    office.pipeline.submit()


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


def test_erasure_takes_endpoints_and_deliveries(office: Office, endpoint: WebhookEndpoint) -> None:
    """Addresses and bodies of a tenant are gone with it."""
    delivered(office, endpoint, "a", "failed")
    office.run("tenant suspend acme")
    assert office.run("tenant erase acme --dry-run") == 0
    assert states(office, endpoint) == [("evt_a", "failed")]
    assert office.run("tenant erase acme") == 0
    assert endpoint.id not in str([row for key, row in office.rows().items() if not key[0].startswith("AUDIT")])
    assert "1.1.1.1" not in str(office.rows())
