"""`make demo`: the whole way of one job on this machine, from an empty folder to a probed video."""

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from local import kling
from local.api import Api, fetch
from local.deployment import Deployment, Plan, boot
from local.places import RUNS, RunFolder
from local.probe import NotPlayable, Seen, probe
from local.processes import Processes, leave_on_sigterm
from local.watch import StatusLine, until_terminal

ORDER = {
    "type": "text_to_video",
    "model": "kling-v2-6",
    "prompt": "A paper boat sails down a rainy street at dusk, neon reflections on the water",
    "duration": 5,
    "mode": "std",
    "aspect_ratio": "16:9",
}
VIDEO = RUNS / "demo.mp4"
TIME_SCALE = 30.0
JOB_SECONDS = 180.0


class DemoFailed(RuntimeError):
    """The demonstration did not end as promised."""


class Steps:
    """Prints each step with the seconds since the start."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, text: str) -> None:
        """Print one step."""
        print(f"[{time.monotonic() - self._began:5.1f} s] {text}", flush=True)


def main() -> int:
    """Run the demonstration; 0 when everything on the way was right."""
    folder, say = RunFolder.named("demo"), Steps()
    leave_on_sigterm()
    processes = Processes(folder)
    processes.end()
    try:
        show(boot(Plan(folder, kling=kling.given(os.environ), time_scale=TIME_SCALE), processes, say), say)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the edge of a command: whatever went wrong is told, and the exit code says so
        print(f"\nThe demo failed: {type(error).__name__}: {error}\nLogs: {folder.path}", file=sys.stderr)
        return 1
    finally:
        processes.end()
    shutil.rmtree(folder.path)
    say("Everything is stopped; nothing is left but the video")
    return 0


def show(deployment: Deployment, say: Steps) -> None:
    """Run one job and show what came of it. Raises DemoFailed and what its steps raise."""
    desk = deployment.desk
    api = Api(deployment.base_url, desk.api_key(desk.tenant("demo")))
    job = api.submit(ORDER)
    say(f"POST /v1/videos: 202, {job['id']}")
    line = StatusLine()
    done = until_terminal(lambda: api.video(job["id"]), line.show, JOB_SECONDS)
    line.close()
    if done["status"] != "succeeded":
        raise DemoFailed(f"the job ended as {done['status']}: {done.get('error')}")
    link = video_of(done)["url"]
    report(done, link, seen_through(link, VIDEO))


def video_of(job: dict[str, Any]) -> dict[str, Any]:
    """The job's video among its assets. Raises DemoFailed."""
    for asset in job["assets"]:
        if asset["kind"] == "video":
            return dict(asset)
    raise DemoFailed("the job succeeded without a video")


def seen_through(link: str, target: Path) -> Seen:
    """The file behind the signed link, downloaded and probed. Raises DemoFailed."""
    unsigned = fetch("GET", link.partition("?")[0])
    if unsigned.status != 403:  # noqa: PLR2004 - Forbidden
        raise DemoFailed(f"the link opened without its signature: {unsigned.status}")
    answer = fetch("GET", link)
    if answer.status != 200:  # noqa: PLR2004 - OK
        raise DemoFailed(f"the signed link gave {answer.status}: {answer.body[:500]!r}")
    target.write_bytes(answer.body)
    try:
        return probe(target)
    except NotPlayable as error:
        raise DemoFailed(f"the file is not playable: {error}") from None


def report(job: dict[str, Any], link: str, seen: Seen) -> None:
    """Print what a newcomer wants to see."""
    cost = job["cost"]
    print(f"""
Job       {job["id"]}
Cost      held {cost["estimated"]["units"]} units ({cost["estimated"]["usd"]} USD), \
captured {cost["captured"]["units"]} units ({cost["captured"]["usd"]} USD)
Link      {link}
Video     {VIDEO.relative_to(RUNS.parent)}: {seen}
""")


if __name__ == "__main__":
    sys.exit(main())
