import base64
from dataclasses import replace
from typing import Any

import pytest

from reelwright.domain import delivery as deliveries
from reelwright.domain.event import Event, EventType
from tests.unit.api.conftest import World
from tests.unit.api.described import document, validator

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")
HERE = {"url": "https://studio.example.com/hooks"}


def made(world: World, **more: object) -> dict[str, Any]:
    answer = world.send("POST", "/v1/webhooks", HERE | more)
    assert answer.status == 201, answer.text
    return dict(answer.json)


def at(hook: dict[str, Any], *rest: str) -> str:
    return "/".join((f"/v1/webhooks/{hook['id']}", *rest))


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


def test_both_secrets_are_listed_until_the_overlap_ends(world: World) -> None:
    """The newest comes first; without a body the overlap is a day."""
    hook = made(world)
    answer = world.send("POST", at(hook, "secret"))
    assert (answer.status, [one["number"] for one in answer.json["secrets"]]) == (201, [2, 1])
    assert answer.json["secret"] != hook["secret"]
    assert [one["expires_at"] for one in answer.json["secrets"]] == [None, "2026-09-22T14:13:20.000Z"]
    world.clock.at += 86_400_000
    assert [one["number"] for one in world.send("GET", at(hook)).json["secrets"]] == [2]


def test_a_secret_that_leaked_ends_at_once(world: World) -> None:
    """With no overlap only the new secret signs."""
    hook = made(world)
    answer = world.send("POST", at(hook, "secret"), {"overlap_hours": 0})
    assert [one["number"] for one in answer.json["secrets"]] == [2]


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


def test_pages_walk_the_whole_log_newest_first(world: World) -> None:
    """Following `next` meets every delivery exactly once."""
    hook, sent = made(world), []
    for _ in range(5):
        world.clock.at += 1
        sent.append(world.send("POST", at(hook, "test")).json["id"])
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        page = world.send("GET", at(hook, "deliveries"), query=query).json
        seen += [one["id"] for one in page["deliveries"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == sent[::-1]


def test_a_cursor_of_the_longest_id_leads_on(world: World) -> None:
    """Ids of deliveries about videos are longer than those of tests."""
    hook = made(world)
    stored = world.hooks.rows["acme", hook["id"]]
    data = {"id": f"job_{0:026d}", "status": "succeeded", "model": "kling-v3", "units": "6"}
    for millisecond in (1, 2):
        event = Event(f"evt_{0:026d}_succeeded", EventType.SUCCEEDED, "acme", millisecond, data)
        world.deliveries.put_new(deliveries.of_event(event, stored, millisecond))
    page = world.send("GET", at(hook, "deliveries"), query={"limit": "1"}).json
    rest = world.send("GET", at(hook, "deliveries"), query={"cursor": page["next"]}).json
    assert len(page["deliveries"]) == len(rest["deliveries"]) == 1
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("cursor", ""),
        ("cursor", "%%%"),
        ("cursor", base64.urlsafe_b64encode(f"job_{0:026d}".encode()).decode()),
    ],
)
def test_a_strange_query_names_its_parameter(world: World, name: str, value: str) -> None:
    """400 points at the parameter; a cursor of another list is strange here."""
    answer = world.send("GET", at(made(world), "deliveries"), query={name: value})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (400, f"/{name}")


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


@pytest.mark.parametrize("kind", ["video.succeeded", "video.failed", "video.canceled", "video.expired"])
def test_what_is_sent_is_what_the_description_says(world: World, kind: str) -> None:
    """The messages of the domain fit the schemas under `webhooks`."""
    hook = made(world)
    status = kind.removeprefix("video.")
    data = {"id": f"job_{0:026d}", "status": status, "model": "kling-v3", "units": "0"}
    event = Event(f"evt_{0:026d}_{status}", EventType(kind), "acme", 1, data | {"error": "expired"})
    world.deliveries.put_new(deliveries.of_event(event, world.hooks.rows["acme", hook["id"]], 1))
    (one,) = world.send("GET", at(hook, "deliveries")).json["deliveries"]
    content = document()["webhooks"][kind]["post"]["requestBody"]["content"]["application/json"]
    validator(content["schema"]).validate(one["message"])


def test_no_secret_is_written_down(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither log lines nor metrics hold a secret or an address."""
    hook = made(world)
    secret = world.send("POST", at(hook, "secret")).json["secret"]
    world.send("POST", "/v1/webhooks", {"url": "https://db.internal/token"})
    written = "".join(capsys.readouterr())
    assert not [one for one in (hook["secret"], secret, "studio.example.com", "db.internal") if one in written]
