"""A job from POST to a playable video, deployed with IAM enforced."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from local.api import Api, fetch
from local.demo import seen_through, video_of
from tests.e2e.orders import order

Finished = Callable[[str], dict[str, Any]]


def test_a_video_is_made_paid_and_playable(api: Api, finished: Finished, tmp_path: Path) -> None:
    """POST gives 202; the job succeeds, costs what was held, and its signed link leads to a playable video."""
    answer = api.call("POST", "/v1/videos", order("a lighthouse in a storm"))
    job = answer.json
    assert answer.status == 202
    assert answer.headers["location"] == f"/v1/videos/{job['id']}"
    assert "retry-after" in answer.headers
    done = finished(job["id"])
    assert done["status"] == "succeeded", done["error"]
    assert done["cost"]["captured"] == job["cost"]["estimated"]
    asset = video_of(done)
    seen = seen_through(asset["url"], tmp_path / "video.mp4")
    assert (seen.codec, seen.width, seen.height, round(seen.seconds)) == ("h264", 1280, 720, 5)
    assert (seen.size_bytes, seen.frames) == (asset["size"], asset["video"]["frames"])
    assert hashlib.sha256((tmp_path / "video.mp4").read_bytes()).hexdigest() == asset["sha256"]


def test_ten_jobs_at_once_get_their_own_videos(
    api: Api, finished: Finished, at_once: ThreadPoolExecutor, tmp_path: Path
) -> None:
    """Ten jobs sent together all succeed, each with a different, playable video."""
    jobs = list(at_once.map(lambda number: api.submit(order(f"scene {number}")), range(10)))
    done = list(at_once.map(lambda job: finished(job["id"]), jobs))
    assert [job["status"] for job in done] == ["succeeded"] * 10
    links = [video_of(job)["url"] for job in done]
    frames = [seen_through(link, tmp_path / f"{number}.mp4").frames for number, link in enumerate(links)]
    assert all(count > 100 for count in frames)
    assert len({(tmp_path / f"{number}.mp4").read_bytes() for number in range(10)}) == 10


def test_a_job_finishes_without_callbacks(api: Api, finished: Finished, fault: Callable[..., None]) -> None:
    """With callbacks lost, polling alone brings the job to its end."""
    fault("callback_none", {"prompt": "silent film"}, times=None)
    assert finished(api.submit(order("silent film"))["id"])["status"] == "succeeded"


def test_a_refused_generation_fails_and_costs_nothing(api: Api, finished: Finished, fault: Callable[..., None]) -> None:
    """A generation that Kling refuses ends as failed with its reason, and the hold is released."""
    fault("refused", {"prompt": "forbidden fruit"}, times=None)
    done = finished(api.submit(order("forbidden fruit"))["id"])
    assert done["status"] == "failed"
    assert done["error"]["code"]
    usage = api.call("GET", "/v1/usage").json
    assert (usage["held"]["units"], usage["captured"]["units"]) == ("0", "0")


def test_a_signed_link_opens_only_what_it_was_signed_for(api: Api, finished: Finished) -> None:
    """Unsigned, changed or re-targeted links give 403; ranges of a good one give 206."""
    done = finished(api.submit(order("a locked door"))["id"])
    link = video_of(done)["url"]
    path, _, query = link.partition("?")
    other = path.rpartition("/")[0] + "/" + "0" * 64 + ".mp4"
    refused = [
        path,
        f"{other}?{query}",
        link.replace("Expires=1", "Expires=2"),
        link.replace("Signature=", "Signature=A"),
    ]
    assert [fetch("GET", one).status for one in refused] == [403] * 4
    part = fetch("GET", link, headers={"Range": "bytes=0-99"})
    assert (part.status, len(part.body)) == (206, 100)
