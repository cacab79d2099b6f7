"""Secrets of tenants' webhook endpoints, renewed by an operator."""

import re
from base64 import b64decode

import pytest

from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.use_cases.tell.signing import headers
from tests.integration.ops.office import Office
from tests.simulators.kling.callbacks import sign

HOUR_MS = 3_600_000


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
