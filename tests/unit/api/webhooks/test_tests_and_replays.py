"""Deliveries that a tenant asks for."""

import pytest

from tests.unit.api.conftest import World
from tests.unit.api.webhooks.hooks import HERE, at, made

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


def test_a_test_is_a_delivery_like_any_other(world: World) -> None:
    """202 with the delivery, which stands in the log and was asked for."""
    hook = made(world, events=["video.failed"])
    answer = world.send("POST", at(hook, "test"))
    sent = answer.json
    assert (answer.status, sent["type"], sent["status"]) == (202, "webhook.test", "pending")
    assert sent["message"]["data"] == {"id": hook["id"]}
    assert [key.delivery_id for key in world.delivery_hints.keys] == [sent["id"]]
    assert world.send("GET", at(hook, "deliveries")).json == {"deliveries": [sent], "next": None}


def test_a_replay_is_a_new_delivery_of_the_same_event(world: World) -> None:
    """Its message and `webhook-id` are those of the first."""
    hook = made(world)
    first = world.send("POST", at(hook, "test")).json
    world.clock.at += 1000
    answer = world.send("POST", at(hook, "deliveries", first["id"], "replay"))
    assert answer.status == 202
    assert answer.json["id"] != first["id"]
    assert (answer.json["event_id"], answer.json["message"]) == (first["event_id"], first["message"])
    assert len(world.send("GET", at(hook, "deliveries")).json["deliveries"]) == 2


def test_tests_and_replays_have_a_rate(world: World) -> None:
    """429 tells when to come back; another tenant's minute is its own, and looking costs nothing."""
    hook, theirs = made(world), world.send("POST", "/v1/webhooks", HERE, tenant="zoe").json
    world.requests.most = 2
    first = world.send("POST", at(hook, "test")).json
    world.clock.at += 1000
    assert world.send("POST", at(hook, "deliveries", first["id"], "replay")).status == 202
    for path in (at(hook, "test"), at(hook, "deliveries", first["id"], "replay")):
        refused = world.send("POST", path)
        assert (refused.status, refused.json["code"]) == (429, "too_many_requests")
        assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert len(world.send("GET", at(hook, "deliveries")).json["deliveries"]) == 2
    assert world.send("POST", at(theirs, "test"), tenant="zoe").status == 202
    world.clock.at += 60_000
    assert world.send("POST", at(hook, "test")).status == 202


def test_nothing_is_sent_to_a_disabled_endpoint(world: World) -> None:
    """Test and replay are conflicts then."""
    hook = made(world)
    first = world.send("POST", at(hook, "test")).json
    world.send("PATCH", at(hook), {"status": "disabled"})
    paths = (at(hook, "test"), at(hook, "deliveries", first["id"], "replay"))
    assert [world.send("POST", path).status for path in paths] == [409, 409]
