"""Two hundred jobs of four tenants through the deployed whole on this machine."""

import json
import time
from dataclasses import dataclass
from typing import Any

from local import aws
from local.api import Api, fetch
from local.demo import ORDER
from local.deployment import Deployment
from local.watch import TERMINAL
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.domain.lane import lane_id

TENANTS = ("acme", "beta", "gamma", "zoe")
LOOK_EVERY_SECONDS = 2.0
GIVE_UP_SECONDS = 1_800.0


class NotDrained(RuntimeError):
    """Not every job succeeded in time."""


@dataclass(frozen=True, slots=True)
class Drained:
    """What Kling saw: hand-offs in seconds, creates by answer, most tasks unfinished at once; and how long it took."""

    hand_offs: tuple[float, ...]
    accepted: int
    refused: int
    peak: int
    seconds: float


def drain(deployment: Deployment, jobs: int, slots: int) -> Drained:
    """Give the account so many slots, send the jobs to a paused lane, let it go, wait for all. Raises NotDrained.

    The pause keeps two hundred requests at the door out of the hand-offs; the sweep wakes the lane.
    """
    _control(deployment, "POST", "limits", {"concurrency": slots})
    _set_lane(deployment, slots, paused=True)
    began = time.monotonic()
    apis = [Api(deployment.base_url, deployment.desk.api_key(deployment.desk.tenant(name))) for name in TENANTS]
    waiting = [(apis[n % len(apis)], apis[n % len(apis)].submit(ORDER)["id"]) for n in range(jobs)]
    _set_lane(deployment, slots, paused=False)
    while waiting:
        if time.monotonic() - began > GIVE_UP_SECONDS:
            raise NotDrained(f"{len(waiting)} of {jobs} jobs are not over")
        waiting = [(api, job) for api, job in waiting if not _succeeded(api, job)]
        time.sleep(LOOK_EVERY_SECONDS)
    return _figures(_control(deployment, "GET", "tasks"), slots, time.monotonic() - began)


def _set_lane(deployment: Deployment, slots: int, *, paused: bool) -> None:
    """What `ops lane limit` and `ops lane pause` write."""
    table, lane = deployment.outputs["TableName"], lane_id("main", str(ORDER["model"]))
    client = aws.client(deployment.stack, "dynamodb")
    TableLanes(client, table, slots).get(lane)
    values = encode({":slots": slots, ":paused": paused})
    change = "SET slot_limit = :slots, paused = :paused"
    client.update_item(TableName=table, Key=keys.lane(lane), UpdateExpression=change, ExpressionAttributeValues=values)


def _control(deployment: Deployment, method: str, what: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    return fetch(method, f"{deployment.kling.base_url}/_control/{what}", data, headers).json


def _succeeded(api: Api, job: str) -> bool:
    status = api.video(job)["status"]
    if status in TERMINAL and status != "succeeded":
        raise NotDrained(f"{job} ended as {status}")
    return bool(status == "succeeded")


def _figures(seen: dict[str, Any], slots: int, seconds: float) -> Drained:
    """While jobs wait, the create number n + slots follows the end number n."""
    starts = sorted(int(task["created_at"]) for task in seen["tasks"])
    ends = sorted(int(row["at_ms"]) for row in seen["deductions"])
    creates = [call for call in seen["calls"] if call["method"] == "POST" and "/v1/videos/" in call["path"]]
    return Drained(
        hand_offs=tuple((start - end) / 1000 for end, start in zip(ends, starts[slots:], strict=False)),
        accepted=len(starts),
        refused=len(creates) - len(starts),
        peak=_peak(starts, ends),
        seconds=seconds,
    )


def _peak(starts: list[int], ends: list[int]) -> int:
    changes = sorted([(at, 1) for at in starts] + [(at, -1) for at in ends])
    running, most = 0, 0
    for _, change in changes:
        running += change
        most = max(most, running)
    return most
