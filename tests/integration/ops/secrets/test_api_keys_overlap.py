"""An API key is renewed while it is used: the old works until it is over, the new works at once."""

import json

import pytest

from reelwright.api.keys import NOBODY, identify
from reelwright.api.routes import routed
from reelwright.use_cases.ops.changes import Hand
from tests.integration.ops.office import Office
from tests.integration.ops.secrets.kept import HOUR_MS


def test_an_api_key_is_replaced(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Both keys open the API for the overlap, with the same rights; then the new one alone."""
    old, old_text = office.box.keys.create("acme", "ci", ("videos:read",), None, Hand())
    assert office.run(f"key rotate acme {old.key_id} --hours 2 --dry-run") == 0
    assert not office.box.desk.keys("acme")[0].replaced_by
    capsys.readouterr()
    assert office.run(f"key rotate acme {old.key_id} --hours 2 --json") == 0
    new_text = json.loads(capsys.readouterr().out)["rows"][0]["text"]
    assert office.run(f"key rotate acme {old.key_id}") == 4, "a repeated command makes no third key"

    def scopes(text: str, at_ms: int) -> object:
        return identify({"authorization": f"Bearer {text}"}, office.box.desk, at_ms, reading).get("scopes")

    reading, now = routed("GET /v1/usage"), office.clock.at_ms
    assert scopes(old_text, now + 2 * HOUR_MS - 1) == scopes(new_text, now) == "videos:read"
    assert identify({"authorization": f"Bearer {old_text}"}, office.box.desk, now + 2 * HOUR_MS, reading) == NOBODY
    assert scopes(new_text, now + 2 * HOUR_MS) == "videos:read"
    assert new_text not in str(office.rows())


def test_a_replaced_key_ends_no_later_than_before(office: Office) -> None:
    """The overlap never lengthens a key's life, and the new key keeps the end that the old one had."""
    ends = office.clock.at_ms + HOUR_MS
    old, _ = office.box.keys.create("acme", "ci", ("videos:read",), ends, Hand())
    assert office.run(f"key rotate acme {old.key_id} --hours 24") == 0
    assert {key.expires_ms for key in office.box.desk.keys("acme")} == {ends}
