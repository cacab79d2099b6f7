"""The master of the endpoints' secrets is replaced while messages are signed and verified."""

import json

import pytest

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.secrets import Secret, UnreadableSecret
from reelwright.adapters.webhooks.secrets import DerivedSecrets, derived
from reelwright.domain.endpoint import WebhookEndpoint
from reelwright.use_cases.ops.rotation import KNOWN_AFTER_MS
from reelwright.use_cases.tell.signing import headers
from tests.integration.ops.office import Office
from tests.simulators.kling.callbacks import sign

FIVE_MINUTES = KNOWN_AFTER_MS / 1000
DAY = 86_400


def function(office: Office) -> DerivedSecrets:
    """A fresh environment of deliver or endpoints, which then keeps the secret for five minutes."""
    arn = office.given.webhooks_secret_arn
    return derived(Secret(client("secretsmanager"), arn, clock=lambda: office.clock.at_ms / 1000))


def signed(office: Office, secrets: DerivedSecrets, endpoint_id: str, text: str) -> bool:
    """Whether a message that deliver signs now is good to a receiver that holds this secret."""
    now = office.clock.at_ms
    live = office.box.webhooks.endpoints.get("acme", endpoint_id).live_secrets(now)
    texts = [secrets.secret(endpoint_id, one.number, one.master) for one in live]
    ours = headers("evt_1", now, "{}", texts)["webhook-signature"].split()
    return sign([text], "evt_1", now // 1000, b"{}")["webhook-signature"] in ours


def new(office: Office) -> tuple[WebhookEndpoint, str]:
    return office.box.webhooks.endpoints.create("acme", "https://1.1.1.1/hook")


def rotated(office: Office, capsys: pytest.CaptureFixture[str], endpoint_id: str, hours: int) -> str:
    """The text that an operator is told."""
    capsys.readouterr()
    assert office.run(f"webhook rotate acme {endpoint_id} --hours {hours}") == 0
    return capsys.readouterr().out.partition("new secret: ")[2].split()[0]


def test_messages_are_verified_at_every_moment(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """A new master voids nothing; an endpoint goes over with its own rotation, by warm environments, too."""
    (one, old), warm = new(office), function(office)
    assert signed(office, warm, one.id, old)
    assert office.run("secrets rotate endpoints") == 0
    assert warm.newest() == 1
    assert function(office).newest() == 2
    for secrets in (warm, function(office)):
        assert signed(office, secrets, one.id, old), "its secret is what it was"
    fresh = rotated(office, capsys, one.id, 24)
    for secrets in (warm, function(office)):
        assert signed(office, secrets, one.id, old)
        assert signed(office, secrets, one.id, fresh), "a warm one reads again what it lacks"
    later, text = new(office)
    assert later.secrets[0].master == 2
    assert signed(office, warm, later.id, text)
    office.clock.advance(DAY)
    assert not signed(office, warm, one.id, old)
    assert office.run("secrets retire endpoints") == 0
    for secrets in (warm, function(office)):
        assert signed(office, secrets, one.id, fresh)
        assert signed(office, secrets, later.id, text)


def test_whoever_has_the_old_master_knows_no_new_secret(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """That is what the rotation is for."""
    one, _ = new(office)
    leaked = function(office)
    assert leaked.secret(one.id, 1) == DerivedSecrets(lambda _: "m", lambda: 1).secret(one.id, 1)
    assert office.run("secrets rotate endpoints") == 0
    fresh = rotated(office, capsys, one.id, 0)
    thief = DerivedSecrets(lambda _: "m", lambda: 1)
    assert fresh not in {thief.secret(one.id, number, master) for number in range(1, 9) for master in (1, 2)}
    assert not any(signed(office, function(office), one.id, thief.secret(one.id, number)) for number in range(1, 9))


def test_an_old_master_stays_while_it_is_needed(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """By a function that may not know the new one yet, and by a secret that still signs."""
    one, _ = new(office)
    other, _ = new(office)
    office.run(f"webhook disable acme {other.id}")
    assert office.run("secrets retire endpoints") == 0, "nothing to do"
    assert office.run("secrets rotate endpoints") == 0
    assert office.run("secrets rotate endpoints") == 4, "one at a time"
    rotated(office, capsys, one.id, 24)
    rotated(office, capsys, other.id, 0)
    assert office.run("secrets retire endpoints") == 4, "functions know in five minutes"
    office.clock.advance(FIVE_MINUTES)
    capsys.readouterr()
    assert office.run("secrets retire endpoints") == 4, "the overlap lasts a day"
    assert one.id in "".join(capsys.readouterr())
    office.clock.advance(DAY)
    assert office.run("secrets retire endpoints") == 0
    fields = office.secret(office.given.webhooks_secret_arn)
    assert [name for name in fields if name.startswith("master_key")] == ["master_key_2"]
    with pytest.raises(UnreadableSecret):
        function(office).secret(one.id, 1)
    assert office.run("secrets rotate endpoints") == 0, "and a third may follow"
    assert function(office).newest() == 3


def test_a_disabled_endpoint_is_not_forgotten(office: Office) -> None:
    """Once it is enabled it signs again, by what its tenant has."""
    one, _ = new(office)
    office.run(f"webhook disable acme {one.id}")
    assert office.run("secrets rotate endpoints") == 0
    office.clock.advance(FIVE_MINUTES)
    assert office.run("secrets retire endpoints") == 4


def test_no_master_is_told_or_stored(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither printed nor audited nor in any row; a row of the first master is what it was before there were two."""
    one, _ = new(office)
    assert '"master"' not in json.dumps(office.rows()[("TENANT#acme", f"ENDPOINT#{one.id}")])
    assert office.run("secrets rotate endpoints") == 0
    rotated(office, capsys, one.id, 1)
    fields = office.secret(office.given.webhooks_secret_arn)
    printed = capsys.readouterr().out + str(office.rows())
    assert len(fields["master_key_2"]) == 64
    assert fields["master_key_2"] not in printed
    again = office.box.webhooks.endpoints.get("acme", one.id)
    assert [(secret.number, secret.master) for secret in again.secrets] == [(2, 2), (1, 1)]
