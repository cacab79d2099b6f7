"""The log of an endpoint's deliveries: its pages, and its messages as described."""

import base64

import pytest

from reelwright.domain import delivery as deliveries
from reelwright.domain.event import Event, EventType
from tests.unit.api.conftest import World
from tests.unit.api.described import document, validator
from tests.unit.api.webhooks.hooks import at, made

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")


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
