import pytest

from reelwright.domain.status import Status
from tests.unit.api.conftest import World

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")
FOX = {"type": "text_to_video", "model": "kling-v2-6", "prompt": "a fox"}


def submit(world: World, **changes: object) -> str:
    job = str(world.send("POST", "/v1/videos", FOX).json["id"])
    if changes:
        world.jobs.change(job, **changes)
    return job


def test_pages_walk_the_whole_list_newest_first(world: World) -> None:
    """Following `next` meets every video exactly once."""
    made = [submit(world) for _ in range(5)]
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        page = world.send("GET", "/v1/videos", query=query).json
        seen += [video["id"] for video in page["videos"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == made[::-1]


def test_a_status_filter_keeps_only_that_status(world: World) -> None:
    """The filter looks at every video of the tenant."""
    wanted = [submit(world), submit(world, status=Status.FAILED), submit(world)][1]
    page = world.send("GET", "/v1/videos", query={"status": "failed"}).json
    assert [video["id"] for video in page["videos"]] == [wanted]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "٣"),
        ("limit", "1,2"),
        ("limit", ""),
        ("status", "done"),
        ("status", ""),
        ("cursor", ""),
        ("cursor", "%%%"),
        ("cursor", "é"),
        ("cursor", "AAAA"),
    ],
)
def test_a_strange_query_names_its_parameter(world: World, name: str, value: str) -> None:
    """400 points at the parameter."""
    answer = world.send("GET", "/v1/videos", query={name: value})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (400, f"/{name}")


def test_usage_adds_up(world: World) -> None:
    """What is left is the budget without what is held and captured."""
    month = world.send("GET", "/v1/usage").json
    assert month["month"] == "2026-09"
    assert [month[name]["units"] for name in ("budget", "held", "captured", "left")] == ["100", "1.5", "3", "95.5"]


def test_open_calls_need_no_key(world: World) -> None:
    """Health and the API's description are for everybody."""
    assert world.send("GET", "/health", tenant=None).json == {"status": "ok"}
    described = world.send("GET", "/v1/openapi.json", tenant=None)
    assert described.json["openapi"].startswith("3.1")
    assert described.headers["Cache-Control"].startswith("public")


def test_the_catalogue_lists_every_model(world: World) -> None:
    """Eleven models with prices."""
    models = world.send("GET", "/v1/models").json["models"]
    assert len(models) == 11
    assert all(model["prices"] for model in models)
