"""Fields and addresses that are refused, each by its name."""

import pytest

from tests.unit.api.conftest import World
from tests.unit.api.webhooks.hooks import HERE, at, made

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/url"),
        ({"url": None}, "/url"),
        ({"url": ""}, "/url"),
        ({"url": 5}, "/url"),
        ({"url": "https://a.example.com/" + "x" * 2048}, "/url"),
        (HERE | {"events": "video.failed"}, "/events"),
        (HERE | {"events": ["video.failed", "video.started"]}, "/events/1"),
        (HERE | {"events": ["webhook.test"]}, "/events/0"),
        (HERE | {"events": ["video.failed"] * 5}, "/events"),
        (HERE | {"description": "x" * 257}, "/description"),
        (HERE | {"description": None}, "/description"),
        (HERE | {"secret": "whsec_mine"}, "/secret"),
        (HERE | {"status": "disabled"}, "/status"),
    ],
)
def test_a_wrong_field_of_a_new_endpoint_is_pointed_at(world: World, body: object, pointer: str) -> None:
    """400 names the field, and nothing is made."""
    answer = world.send("POST", "/v1/webhooks", body)
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (400, pointer)
    assert not world.hooks.rows


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"url": ""}, "/url"),
        ({"events": ["video.failed", 1]}, "/events/1"),
        ({"description": "x" * 257}, "/description"),
        ({"status": "paused"}, "/status"),
        ({"disabled_reason": "gone"}, "/disabled_reason"),
    ],
)
def test_a_wrong_field_of_a_change_is_pointed_at(world: World, body: object, pointer: str) -> None:
    """400 names the field, and the endpoint stays as it was."""
    hook = made(world)
    answer = world.send("PATCH", at(hook), body)
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (400, pointer)
    assert world.send("GET", at(hook)).json == {name: value for name, value in hook.items() if name != "secret"}


@pytest.mark.parametrize("hours", [-1, 169, "24", 1.5, True])
def test_a_wrong_overlap_is_pointed_at(world: World, hours: object) -> None:
    """400 names the field, and no secret is made."""
    hook = made(world)
    answer = world.send("POST", at(hook, "secret"), {"overlap_hours": hours})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (400, "/overlap_hours")
    assert len(world.send("GET", at(hook)).json["secrets"]) == 1


def test_an_address_that_leads_inside_is_refused_in_both_places(world: World) -> None:
    """422 names the field and does not repeat the address."""
    hook, inside = made(world), {"url": "https://db.internal/x"}
    for answer in (world.send("POST", "/v1/webhooks", inside), world.send("PATCH", at(hook), inside)):
        assert (answer.status, answer.json["code"]) == (422, "address_refused")
        assert answer.json["errors"][0]["pointer"] == "/url"
        assert "db.internal" not in answer.text


def test_only_json_of_modest_size_is_read(world: World) -> None:
    """415 for another media type, 413 for a flood."""
    form = world.send("POST", "/v1/webhooks", "url=x", headers={"content-type": "application/x-www-form-urlencoded"})
    flood = world.send("POST", "/v1/webhooks", HERE | {"description": "x" * 40_000})
    assert (form.status, flood.status) == (415, 413)
