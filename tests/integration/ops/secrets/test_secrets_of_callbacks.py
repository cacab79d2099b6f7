"""What guards callbacks is renewed without losing one."""

import pytest

from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.use_cases.ops.rotation import KNOWN_AFTER_MS
from tests.integration.ops.office import Office

GOOD = "whsec_" + "QUJD" * 8


def capabilities(office: Office) -> CallbackCapabilities:
    fields = office.secret(office.given.callbacks_secret_arn)
    return CallbackCapabilities(
        "https://api.example.com", lambda: fields["capability_key"], lambda: fields.get("capability_keys_accepted", [])
    )


def test_no_callback_is_lost_while_the_capability_key_is_renewed(office: Office) -> None:
    """A function with the secret of one step before or after knows every address; in the end the old key is dead."""
    steps = [capabilities(office)]
    assert office.run("secrets rotate callbacks") == 0
    steps.append(capabilities(office))
    assert office.run("secrets rotate callbacks") == 4
    office.clock.advance(KNOWN_AFTER_MS / 1000)
    assert office.run("secrets rotate callbacks") == 0
    steps.append(capabilities(office))
    for maker, reader in [(a, b) for i, a in enumerate(steps) for b in (*steps[max(0, i - 1) : i], *steps[i:])]:
        seal = maker.address("job_1-1").rpartition("/")[2]
        assert reader.verify(seal) == "job_1-1"
    assert office.run("secrets retire callbacks") == 4
    office.clock.advance(48 * 3600)
    assert office.run("secrets retire callbacks") == 0
    old = steps[0].address("job_1-1").rpartition("/")[2]
    assert capabilities(office).verify(old) is None
    assert capabilities(office).verify(steps[2].address("job_1-1").rpartition("/")[2]) == "job_1-1"


def test_webhook_secrets_overlap(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Added, then the older one dropped; a typo is refused."""
    monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", "whsec_%%%")
    assert office.run("secrets rotate webhooks") == 2
    for secret in (GOOD, GOOD + "QUJD"):
        monkeypatch.setenv("NEW_KLING_WEBHOOK_SECRET", secret)
        assert office.run("secrets rotate webhooks") == 0
    arn = office.given.callbacks_secret_arn
    assert office.secret(arn)["kling_webhook_secrets"] == [GOOD, GOOD + "QUJD"]
    assert office.run("secrets retire webhooks") == 0
    assert office.secret(arn)["kling_webhook_secrets"] == [GOOD + "QUJD"]
    assert GOOD not in str(office.audits())
