"""A pipeline as it is usually written: put, update, send; slots are counted; nothing is looked up before a retry."""

import hashlib
import json
import os
from decimal import Decimal
from typing import Any

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.clock import RandomIds, SystemClock
from reelwright.adapters.kling.adapter import KlingProvider, kling_provider
from reelwright.adapters.media import builder
from reelwright.composition.kling import no_images
from reelwright.domain.generation import Generation, JobType
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ports import Submission
from tests.crash import cloud
from tests.crash.naive.rows import LANE, MONEY, add, get, job_key, put, send

UNITS = Decimal("1.5")
CLIP = Generation(JobType.TEXT_TO_VIDEO, "kling-v2-5-turbo", "a fox in snow")
CHECK_SECONDS = 60


def submit(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """POST /v1/videos: put, update, send."""
    del event
    job_id = RandomIds(SystemClock()).job()
    put(job_key(job_id) | {"id": job_id, "status": "queued", "attempts": []})
    add(MONEY, held=UNITS)
    send(job_id)
    return {"statusCode": 202, "body": json.dumps({"id": job_id})}


def dispatch(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """A worker that takes a job one step on."""
    for record in event["Records"]:
        job = get(job_key(record["body"]))
        if job["status"] in {"queued", "submitting"}:
            _start(job)
        elif job["status"] == "generating":
            _check(job)
    return {}


def webhook(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Kling says that it is done, and is believed."""
    told = json.loads(event["body"])
    job = get(job_key(event["rawPath"].rsplit("/", 1)[-1]))
    if told["task_status"] in {"succeed", "failed"} and job["status"] == "generating":
        videos = told.get("task_result", {}).get("videos", [])
        _finish(job, [video["url"] for video in videos], told.get("final_unit_deduction"))
    return {"statusCode": 200}


def sweep(_event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """There is none."""
    return {}


def _start(job: dict[str, Any]) -> None:
    external_id = f"{job['id']}-{len(job['attempts']) + 1}"
    add(LANE, count=1)
    job |= {"status": "submitting", "attempts": [*job["attempts"], {"external_id": external_id}]}
    put(job)
    address = f"https://api.example.com/webhooks/naive/{job['id']}"
    task = _kling().submit(Submission(CLIP, external_id, address))
    put(job | {"status": "generating", "task": task.task_id})
    send(job["id"], CHECK_SECONDS)


def _check(job: dict[str, Any]) -> None:
    task: Task | None = _kling().look_up(JobType.TEXT_TO_VIDEO, CLIP.model, job["task"])
    if task is None or task.status is TaskStatus.PROCESSING:
        send(job["id"], CHECK_SECONDS)
    else:
        _finish(job, list(task.results), task.deduction)


def _finish(job: dict[str, Any], results: list[str], deduction: object) -> None:
    captured = Decimal(str(deduction)) if results else Decimal(0)
    assets = [_copied(job["id"], results[0])] if results else []
    put(job | {"status": "succeeded" if results else "failed", "assets": assets, "captured": captured})
    add(MONEY, held=-UNITS, captured=captured)
    add(LANE, count=-1)


def _copied(job_id: str, url: str) -> dict[str, Any]:
    parts = vars(builder)
    with parts["Downloader"](parts["Guard"](), parts["Limits"]()).open(url) as body:
        data = b"".join(body.chunks)
    digest = hashlib.sha256(data).hexdigest()
    key = f"media/{job_id}/{digest}.mp4"
    client("s3").put_object(Bucket=cloud.BUCKET, Key=key, Body=data)
    return {"kind": "video", "key": key, "size": len(data), "sha256": digest}


def _kling() -> KlingProvider:
    keys = Secret(client("secretsmanager"), "kling")
    return kling_provider(os.environ["KLING_BASE_URL"], keys, SystemClock(), no_images)


HANDLERS = {"submit": submit, "dispatch": dispatch, "webhook": webhook, "sweep": sweep}
