"""Tenants, their plans and their API keys."""

import json

import pytest

from reelwright.api.keys import NOBODY, identify
from reelwright.api.routes import routed
from reelwright.domain.errors import OverBudget, TenantSuspended
from reelwright.use_cases.ops.changes import Hand
from reelwright.use_cases.ops.keys import SCOPES
from tests.integration.ops.office import Office

READING = routed("GET /v1/usage")


def test_a_new_tenant_can_send_at_once(office: Office) -> None:
    """Created, listed, with a key that opens the API for just its scopes and its time."""
    assert office.run("tenant create zoe --units 3 --at-once 2 --per-minute 5 --weight 4") == 0
    assert [tenant.id for tenant in office.box.desk.all()] == ["acme", "zoe"]
    office.pipeline.submit("zoe")
    assert office.run("tenant create zoe --units 4 --at-once 2 --per-minute 5 --weight 4") == 4
    key, text = office.box.keys.create("zoe", "ci", ("videos:read",), office.clock.at_ms + 1000, Hand())
    headers = {"authorization": f"Bearer {text}"}
    assert identify(headers, office.box.desk, office.clock.at_ms, READING)["scopes"] == "videos:read"
    assert identify(headers, office.box.desk, office.clock.at_ms + 1000, READING) == NOBODY
    assert office.run(f"key revoke acme {key.key_id}") == 3
    assert office.run(f"key revoke zoe {key.key_id}") == 0
    assert identify(headers, office.box.desk, office.clock.at_ms, READING) == NOBODY


def test_a_name_serves_one_good_key(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """A repeated command makes no second key; rotation takes another name, then revokes the first."""
    assert office.run("key create acme --name ci") == 0
    assert office.run("key create acme --name ci") == 4
    assert office.run("key create acme --name ci-2 --scope videos:write") == 0
    capsys.readouterr()
    office.run("key list acme --json")
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert sorted((row["name"], row["state"], row["scopes"]) for row in rows) == [
        ("ci", "good", " ".join(SCOPES)),
        ("ci-2", "good", "videos:write"),
    ]


def test_budget_and_states_act_at_the_next_request(office: Office) -> None:
    """The running month follows the new budget; a suspended tenant is refused, a paused one waits."""
    office.run("tenant budget acme 1")
    with pytest.raises(OverBudget):
        office.pipeline.submit()
    office.run("tenant budget acme 5.5")
    office.pipeline.submit()
    office.run("tenant pause acme")
    assert office.pipeline.dispatch() == 0
    office.run("tenant unpause acme")
    assert office.pipeline.dispatch() == 1
    office.run("tenant suspend acme")
    with pytest.raises(TenantSuspended):
        office.pipeline.submit()
    office.run("tenant resume acme")
    office.pipeline.submit()
