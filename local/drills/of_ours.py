"""Faults of our own rows, deployments and tenants, and the way out of each."""

import time
from collections.abc import Iterator
from typing import Any

from local.demo import ORDER
from local.drills.not_seen import NotSeen
from local.drills.world import LANE, World
from local.figures.told import log_lines
from reelwright.domain.times import month


def waiting(world: World) -> Iterator[None]:
    """A lane is paused while a job waits."""
    world.must(f"lane pause {LANE}")
    job = world.order()
    yield
    world.must(f"lane show {LANE}", "lane", job)
    world.must(f"lane resume {LANE}")
    world.ends(job)


def leaked(world: World) -> Iterator[None]:
    """Slots stay leased for jobs that are over."""
    now = time.time_ns() // 1_000_000
    for name, expires in (("job_gone", now - 1000), ("job_lost", now + 3_600_000)):
        world.console.change_row(
            "LANES",
            LANE,
            "SET slots.#name = :slot",
            ExpressionAttributeNames={"#name": f"{name}-1"},
            ExpressionAttributeValues={
                ":slot": {"M": {"tenant": {"S": world.tenant}, "expires_ms": {"N": str(expires)}}}
            },
        )
    world.must("slot list", "job_lost-1", "over: leaked")
    world.console.sweep()
    yield
    world.must(f"slot release {LANE} job_lost-1")
    world.ops("slot list")
    if "leaked" in world.said[-1]:
        raise NotSeen(world.said[-1])


def unreadable(world: World) -> Iterator[None]:
    """A waiting job's row says what nobody can read."""
    world.must(f"lane pause {LANE}")
    job = world.order()
    _say(world, job, "riddle")
    world.console.sweep()
    yield
    logged = [line for line in log_lines(world.deployment) if "RepairFailed" in line and job in line]
    if not logged:
        raise NotSeen(f"no line that counts RepairFailed names {job}")
    _say(world, job, "queued")
    world.must(f"lane resume {LANE}")
    world.ends(job)


def _say(world: World, job: str, status: str) -> None:
    """Write a job's status by hand, and that the sweep must look at it now."""
    told = {":status": {"S": status}, ":now": {"N": str(world.began_ms)}}
    change = "SET #status = :status, due_ms = :now"
    world.console.change_row(
        f"JOB#{job}", "JOB", change, ExpressionAttributeNames={"#status": "status"}, ExpressionAttributeValues=told
    )


def drifted(world: World) -> Iterator[None]:
    """The month's totals are not what its entries add up to."""
    place = f"TENANT#{world.tenant}", f"BUDGET#{month(world.began_ms)}"
    world.console.change_row(*place, "ADD captured :n", ExpressionAttributeValues={":n": {"N": "1"}})
    world.console.sweep(check="ledger")
    yield
    world.must("ledger check --without-kling", "balance-captured", code=1)
    world.console.change_row(*place, "ADD captured :n", ExpressionAttributeValues={":n": {"N": "-1"}})
    world.must("ledger check --without-kling", "0 differences")


def spending(world: World) -> Iterator[None]:
    """More is spent than the month's budget bears."""
    for job in [world.order() for _ in range(3)]:
        world.ends(job)
    yield
    world.must(f"tenant show {world.tenant}", "captured")
    world.must(f"tenant pause {world.tenant}")
    job = world.order()
    world.until("the job waits", lambda: world.api.video(job)["status"] == "queued", 5)
    world.must(f"tenant unpause {world.tenant}")
    world.ends(job)


def broken(world: World) -> Iterator[None]:
    """A deployment names the wrong table."""
    functions, name = world.console.client("lambda"), world.console.function("DoorsSubmit")
    good: dict[str, Any] = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    bad = good | {"TABLE_NAME": "nowhere"}
    functions.update_function_configuration(FunctionName=name, Environment={"Variables": bad})
    for _ in range(8):
        world.api.call("POST", "/v1/videos", ORDER)
    yield
    functions.update_function_configuration(FunctionName=name, Environment={"Variables": good})
    world.until("an order is taken", lambda: world.api.call("POST", "/v1/videos", ORDER).status == 202)  # noqa: PLR2004
    world.must("deadletters list", "nothing")


def endpoint(world: World) -> Iterator[None]:
    """Nobody listens at a tenant's endpoint."""
    url = f"http://{world.deployment.kling.host}:9/nobody"
    made = world.api.call("POST", "/v1/webhooks", {"url": url}).json
    row = f"TENANT#{world.tenant}", f"ENDPOINT#{made['id']}"
    since = world.began_ms - 6 * 86_400_000
    world.console.change_row(*row, "SET failing_since_ms = :n", ExpressionAttributeValues={":n": {"N": str(since)}})
    world.must(f"webhook test {world.tenant} {made['id']}")
    yield
    world.must(f"webhook list {world.tenant}", "disabled failing")
    world.must(f"webhook enable {world.tenant} {made['id']}")
    world.must(f"webhook replay {world.tenant} {made['id']}")
    world.must(f"webhook list {world.tenant}", "enabled")
    world.api.call("DELETE", f"/v1/webhooks/{made['id']}")
