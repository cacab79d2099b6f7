"""`python -m benchmarks.latency`: how quickly the embedded deployment accepts, works off and delivers jobs."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from benchmarks._embedded import embedded
from benchmarks._report import machine, merge_results, table, write_section
from local.api import Api, fetch
from local.demo import ORDER, video_of
from local.deployment import Deployment
from local.watch import until_terminal

JOBS, WATCHERS = 30, 2
TIME_SCALE = 200.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; delivery is from Kling's end of the task to the job's, its video playable."""

    accepted_median_ms: float
    accepted_p99_ms: float
    jobs_per_second: float
    delivery_median_s: float


def main() -> None:
    """Boot, measure, report."""
    with embedded("latency", TIME_SCALE) as deployment:
        figures = measure(deployment)
    report(figures)


def measure(deployment: Deployment) -> Figures:
    """All figures, on a warm deployment."""
    desk = deployment.desk
    api = Api(deployment.base_url, desk.api_key(desk.tenant("bench", posts_a_minute=100_000)))
    finish(api, api.submit(ORDER)["id"])
    began = time.monotonic()
    timed = [accepted(api) for _ in range(JOBS)]
    with ThreadPoolExecutor(WATCHERS) as pool:
        ended = list(pool.map(lambda one: finish(api, one[0]), timed))
    rate, posts = JOBS / (time.monotonic() - began), [milliseconds for _, milliseconds in timed]
    delivery = median(delivered_seconds(deployment, job) for job in ended)
    return Figures(round(median(posts), 1), round(quantiles(posts, n=100)[98], 1), round(rate, 2), round(delivery, 2))


def accepted(api: Api) -> tuple[str, float]:
    """One POST: the job's id, and how long it took in milliseconds."""
    began = time.perf_counter()
    job = api.submit(ORDER)
    return job["id"], 1000 * (time.perf_counter() - began)


def finish(api: Api, job_id: str) -> dict[str, Any]:
    """The job once it is over; anything but success ends the benchmark."""
    job = until_terminal(lambda: api.video(job_id), lambda _: None, seconds=600)
    if job["status"] != "succeeded" or fetch("GET", video_of(job)["url"]).status != 200:  # noqa: PLR2004 - OK
        sys.exit(f"a job ended as {job['status']}: {job['error']}")
    return job


def delivered_seconds(deployment: Deployment, job: dict[str, Any]) -> float:
    """From Kling's end of the task to the job's, by both sides' own clocks on this machine."""
    tasks = fetch("GET", f"{deployment.kling.base_url}/_control/tasks").json["tasks"]
    (task,) = (one for one in tasks if one["external_task_id"].startswith(job["id"]))
    return datetime.fromisoformat(job["finished_at"]).timestamp() - float(task["updated_at"]) / 1000


def report(figures: Figures) -> None:
    """Write results.json and RESULTS.md."""
    merge_results("latency", {"machine": machine(), **asdict(figures)})
    rows = [
        ("POST /v1/videos accepted, median", f"{figures.accepted_median_ms} ms"),
        ("POST /v1/videos accepted, p99", f"{figures.accepted_p99_ms} ms"),
        ("jobs a second, to playable videos", figures.jobs_per_second),
        ("Kling's end of a task to the job's, median", f"{figures.delivery_median_s} s"),
    ]
    where = f"one machine with everything on it ({machine()}): an emulator's figures, not AWS's."
    body = f"`make bench BENCH=latency`, {where}\n\n"
    write_section("Latency and throughput", body + table(["", "measured"], rows))
    print(table(["", "measured"], rows))


if __name__ == "__main__":
    main()
