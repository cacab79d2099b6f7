"""Endpoints of others, and ids that can be none."""

import pytest

from tests.unit.api.conftest import World
from tests.unit.api.webhooks.hooks import at, made

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


def test_another_tenants_endpoint_is_not_there(world: World) -> None:
    """Every call about it answers as it does about an endpoint that never was."""
    hook = made(world)
    sent = world.send("POST", at(hook, "test")).json["id"]
    calls = [
        ("GET", (), None),
        ("PATCH", (), {"description": "mine"}),
        ("DELETE", (), None),
        ("POST", ("secret",), None),
        ("POST", ("test",), None),
        ("GET", ("deliveries",), None),
        ("POST", ("deliveries", sent, "replay"), None),
    ]
    nobody = {"id": f"whe_{'z' * 26}"}
    for method, rest, body in calls:
        theirs = world.send(method, at(hook, *rest), body, tenant="zoe")
        missing = world.send(method, at(nobody, *rest), body, tenant="zoe")
        assert theirs.status == 404
        assert theirs.json | {"instance": ""} == missing.json | {"instance": ""}
    assert world.send("GET", "/v1/webhooks", tenant="zoe").json == {"webhooks": []}
    assert world.send("GET", at(hook)).json["description"] == ""


@pytest.mark.parametrize("strange", ["x", "whe_", f"whe_{'A' * 26}", f"whe_{'0' * 26}#", "%2e%2e"])
def test_what_can_be_no_id_is_not_looked_up(world: World, strange: str) -> None:
    """404, whatever is in the path."""
    assert world.send("GET", f"/v1/webhooks/{strange}").status == 404
    hook = made(world)
    assert world.send("POST", at(hook, "deliveries", strange, "replay")).status == 404
