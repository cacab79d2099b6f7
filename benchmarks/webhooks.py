"""`make bench BENCH=webhooks`: how soon after a job's end its message is at the tenant's server, embedded."""

import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from benchmarks._embedded import embedded
from benchmarks._report import machine, merge_results, table, write_section
from local.api import Api
from local.demo import ORDER
from local.deployment import Deployment
from local.watch import until_terminal
from tests.support.receiver import Receiver, receiver

JOBS = 40
TIME_SCALE = 200.0
SECONDS = 300.0
PATH = "/hook"


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from a job's terminal state in the table to the arrival of its message."""

    median_ms: float
    p99_ms: float
    longest_ms: float
    jobs: int


def main() -> None:
    """Boot, measure, report."""
    with embedded("webhooks", TIME_SCALE) as deployment, receiver() as server:
        apart, together = measure(deployment, server)
    report(apart, together)


def measure(deployment: Deployment, server: Receiver) -> tuple[Latency, Latency]:
    """One job after the other, and all at once, on a warm deployment."""
    desk = deployment.desk
    api = Api(deployment.base_url, desk.api_key(desk.tenant("bench", posts_a_minute=100_000)))
    api.call("POST", "/v1/webhooks", {"url": server.url(PATH), "events": ["video.succeeded"]})
    arrived(api, server, api.submit(ORDER)["id"])
    apart = [arrived(api, server, api.submit(ORDER)["id"]) for _ in range(JOBS)]
    ids = [api.submit(ORDER)["id"] for _ in range(JOBS)]
    return told(apart), told([arrived(api, server, job_id) for job_id in ids])


def arrived(api: Api, server: Receiver, job_id: str) -> float:
    """Milliseconds from the job's end to the arrival of its message, by this machine's one clock."""
    (message,) = server.wait(lambda one: job_id.encode() in one.body, seconds=SECONDS)
    job: dict[str, Any] = until_terminal(lambda: api.video(job_id), lambda _: None, SECONDS)
    if job["status"] != "succeeded":
        sys.exit(f"a job ended as {job['status']}: {job['error']}")
    return 1000 * (message.at - datetime.fromisoformat(job["finished_at"]).timestamp())


def told(milliseconds: list[float]) -> Latency:
    """The figures of one way of asking."""
    p99 = quantiles(milliseconds, n=100, method="inclusive")[98]
    return Latency(round(median(milliseconds)), round(p99), round(max(milliseconds)), len(milliseconds))


def report(apart: Latency, together: Latency) -> None:
    """Write results.json and RESULTS.md."""
    merge_results("webhooks", {"machine": machine(), "apart": asdict(apart), "together": asdict(together)})
    rows = [
        (name, f"{one.median_ms:.0f} ms", f"{one.p99_ms:.0f} ms", f"{one.longest_ms:.0f} ms", one.jobs)
        for name, one in (("one job after the other", apart), ("all at once", together))
    ]
    body = (
        f"`make bench BENCH=webhooks`, one machine with everything on it ({machine()}): an emulator's figures, not\n"
        "AWS's. From the job's terminal state in the table, by the stream, announce, the queue and deliver, to\n"
        "the arrival of the signed message at the tenant's server.\n\n"
    )
    shown = table(["", "median", "p99", "longest", "jobs"], rows)
    write_section("Delivery of webhooks", body + shown)
    print(shown)


if __name__ == "__main__":
    main()
