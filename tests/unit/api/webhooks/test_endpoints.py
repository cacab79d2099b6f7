"""Endpoints made, listed, changed and taken away."""

from dataclasses import replace

import pytest

from tests.unit.api.conftest import World
from tests.unit.api.webhooks.hooks import HERE, at, made

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


def test_a_new_endpoint_shows_its_secret_once(world: World) -> None:
    """201 tells where it lives and its secret; no later answer holds that again."""
    answer = world.send("POST", "/v1/webhooks", HERE | {"events": ["video.failed"], "description": "Cutting room"})
    hook = answer.json
    assert answer.headers["Location"] == at(hook)
    assert answer.headers["Cache-Control"] == "private, no-store"
    secret = hook.pop("secret")
    assert secret.startswith("whsec_")
    assert hook == world.send("GET", at(hook)).json
    assert world.send("GET", "/v1/webhooks").json == {"webhooks": [hook]}
    assert (hook["events"], hook["description"], hook["status"]) == (["video.failed"], "Cutting room", "enabled")
    assert secret not in repr(world.hooks.rows)


def test_an_event_named_twice_is_one(world: World) -> None:
    """A filter is a set; the order of the first naming stays."""
    assert made(world, events=["video.failed", "video.expired", "video.failed"])["events"] == [
        "video.failed",
        "video.expired",
    ]


def test_a_tenant_has_ten_endpoints_at_most(world: World) -> None:
    """The eleventh is a conflict; another tenant has its own ten."""
    hooks = [made(world) for _ in range(10)]
    assert world.send("POST", "/v1/webhooks", HERE).status == 409
    assert world.send("POST", "/v1/webhooks", HERE, tenant="zoe").status == 201
    assert world.send("DELETE", at(hooks[3])).status == 204
    assert world.send("POST", "/v1/webhooks", HERE).status == 201


def test_a_change_replaces_only_what_it_names(world: World) -> None:
    """Missing and null fields stay; an empty filter means all events."""
    hook = made(world, events=["video.failed"], description="Cutting room")
    changed = world.send("PATCH", at(hook), {"url": "https://new.example.com/", "description": None}).json
    assert (changed["url"], changed["events"]) == ("https://new.example.com/", ["video.failed"])
    assert changed["description"] == "Cutting room"
    assert world.send("PATCH", at(hook), {"events": [], "description": ""}).json["events"] == []
    assert world.send("GET", at(hook)).json["description"] == ""


def test_disabling_and_enabling_is_a_change(world: World) -> None:
    """The reason tells who did it, and enabling forgets it and past failures."""
    hook = made(world)
    off = world.send("PATCH", at(hook), {"status": "disabled"}).json
    assert (off["status"], off["disabled_reason"]) == ("disabled", "by_tenant")
    key = ("acme", hook["id"])
    failing_ms = world.clock.at
    world.hooks.rows[key] = replace(world.hooks.rows[key], disabled_reason="gone", failing_since_ms=failing_ms)
    assert world.send("GET", at(hook)).json["failing_since"] == "2026-09-21T14:13:20.000Z"
    on = world.send("PATCH", at(hook), {"status": "enabled"}).json
    assert (on["status"], on["disabled_reason"], on["failing_since"]) == ("enabled", None, None)
