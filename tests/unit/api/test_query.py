from decimal import Decimal

import pytest

from reelwright.domain.asset import Asset, VideoFacts
from reelwright.domain.job import JobError
from reelwright.domain.status import Status
from tests.unit.api.conftest import World

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics")
FOX = {"type": "text_to_video", "model": "kling-v2-6", "prompt": "a fox"}
FILM = Asset("video", "media/j/a.mp4", "video/mp4", 10, "0" * 64, VideoFacts("avc1", 1280, 720, 5041, 121))


def submit(world: World, **changes: object) -> str:
    job = str(world.send("POST", "/v1/videos", FOX).json["id"])
    if changes:
        world.jobs.change(job, **changes)
    return job


def finished(world: World) -> str:
    return submit(
        world,
        status=Status.SUCCEEDED,
        assets=(FILM,),
        held=Decimal(0),
        captured=Decimal("1.50"),
        finished_ms=world.clock.at,
    )


def test_a_finished_video_has_a_fresh_link_and_its_facts(world: World) -> None:
    """The asset is described in full, and there is nothing to wait for."""
    answer = world.send("GET", f"/v1/videos/{finished(world)}")
    assert answer.status == 200
    (asset,) = answer.json["assets"]
    assert asset["url"].startswith("https://cdn.test/media/j/a.mp4?")
    assert asset["video"] == {"codec": "avc1", "width": 1280, "height": 720, "duration": "5.041", "frames": 121}
    assert answer.json["cost"]["captured"] == {"units": "1.5", "usd": "0.21"}
    assert "Retry-After" not in answer.headers


def test_a_failed_video_says_why_in_both_tongues(world: World) -> None:
    """Our stable code stands beside the provider's own."""
    error = JobError("content_refused", "no", provider_code="1301", provider_request_id="r-1")
    answer = world.send("GET", f"/v1/videos/{submit(world, status=Status.FAILED, error=error)}")
    provider = {"code": "1301", "request_id": "r-1"}
    assert answer.json["error"] == {
        "code": "content_refused",
        "message": "no",
        "retryable": False,
        "provider": provider,
    }


def test_an_unchanged_video_is_not_sent_twice(world: World) -> None:
    """304 while neither the job nor its links changed; a new version is a new tag."""
    job = submit(world)
    tag = world.send("GET", f"/v1/videos/{job}").headers["ETag"]
    again = world.send("GET", f"/v1/videos/{job}", headers={"if-none-match": f'"x", W/{tag}'})
    assert (again.status, again.text) == (304, "")
    assert int(again.headers["Retry-After"]) > 0
    world.jobs.change(job, status=Status.GENERATING)
    assert world.send("GET", f"/v1/videos/{job}", headers={"if-none-match": tag}).status == 200


def test_a_tag_never_outlives_the_links_it_stands_for(world: World) -> None:
    """When the links of a cached answer near their end, the tag has changed already."""
    job = finished(world)
    first = world.send("GET", f"/v1/videos/{job}")
    ends_ms = int(first.json["assets"][0]["url"].rsplit("=", 1)[1])
    assert 1_800_000 <= ends_ms - world.clock.at <= 3_600_000
    world.clock.at = ends_ms - 1
    assert world.send("GET", f"/v1/videos/{job}", headers={"if-none-match": first.headers["ETag"]}).status == 200


def test_retry_after_follows_the_expected_end(world: World) -> None:
    """Far from the end a client waits long, near it briefly, and once overdue patiently again."""
    job = submit(world)
    expected = world.jobs.rows[job][0].expected_ms or 0
    waits = []
    for left_ms in (100_000, 7_000, 500, -60_000):
        world.clock.at = expected - left_ms
        waits.append(world.send("GET", f"/v1/videos/{job}").headers["Retry-After"])
    assert waits == ["30", "7", "5", "5"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/videos/job_1",
        "/v1/videos/job_" + "9" * 26,
        "/v1/videos/%2e%2e",
        "/v1/videos/é",
        '/v1/videos/"',
        "/v1/videos/\ud800",
    ],
)
def test_what_is_not_there_is_404(world: World, path: str) -> None:
    """Impossible ids and missing ones look the same."""
    answer = world.send("GET", path)
    assert (answer.status, answer.json["code"]) == (404, "not_found")


def test_another_tenants_video_is_not_there(world: World) -> None:
    """The answer is the same as for a video that never was."""
    job = submit(world)
    foreign = world.send("GET", f"/v1/videos/{job}", tenant="evil")
    missing = world.send("GET", f"/v1/videos/job_{'9' * 26}", tenant="evil")
    assert foreign.status == missing.status == 404
    assert foreign.json["detail"] == missing.json["detail"]
