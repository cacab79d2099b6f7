"""What must hold once everything has come to rest and the sweep has passed without a fault."""

import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reelwright.domain.attempt import job_of
from tests.crash.books import Books
from tests.crash.invariants import ENDS, KlingTask


def at_rest(now: Books, tasks: tuple[KlingTask, ...], files: Mapping[str, bytes]) -> Iterator[str]:
    """Violations that only the end shows; `files` are the videos as Kling made them, by task id."""
    for job_id, facts in now.jobs.items():
        if len(facts.attempts) > int(os.environ["MAX_ATTEMPTS"]):
            yield f"I2 {job_id} was attempted {len(facts.attempts)} times"
        if facts.status not in ENDS:
            yield f"I1 {job_id} is still {facts.status}"
    if now.slots or now.running:
        yield f"I5 leaked slots: {now.slots or now.running}"
    yield from paid_as_told(now, tasks)
    yield from same_bytes(now, tasks, files)


def answered(now: Books, answers: Mapping[str, str]) -> Iterator[str]:
    """I1: whatever a client was promised exists, and one key made one job."""
    for key, job_id in answers.items():
        if not job_id.startswith("refused") and job_id not in now.jobs:
            yield f"I1 {key} was answered with {job_id}, which does not exist"


def paid_as_told(now: Books, tasks: tuple[KlingTask, ...]) -> Iterator[str]:
    """I2, I3: what was captured for a job is what Kling deducted for its tasks, to the last digit."""
    deducted: dict[str, Decimal] = {}
    for task in tasks:
        job_id = job_of(task["external_task_id"])
        deducted[job_id] = deducted.get(job_id, Decimal(0)) + Decimal(task["units"] or 0)
    for job_id, facts in now.jobs.items():
        if facts.status in ENDS and (facts.captured or Decimal(0)) != deducted.get(job_id, Decimal(0)):
            yield f"I2 {facts.captured} captured for {job_id}, Kling deducted {deducted.get(job_id)}"


def same_bytes(now: Books, tasks: tuple[KlingTask, ...], files: Mapping[str, bytes]) -> Iterator[str]:
    """I6: the stored video is byte for byte the one that Kling made."""
    made = {task["external_task_id"]: files.get(task["task_id"]) for task in tasks}
    for facts in now.jobs.values():
        videos: list[Any] = [asset for asset in facts.assets if asset["kind"] == "video"]
        for video in videos:
            if now.objects.get(video["key"]) != made.get(facts.attempts[-1]):
                yield f"I6 {video['key']} is not Kling's file"


def changed_by_repeats(before: Books, after: Books) -> Iterator[str]:
    """I10: delivering everything again changed nothing."""
    for name in ("jobs", "budgets", "holds", "entries", "slots", "running", "objects"):
        if getattr(before, name) != getattr(after, name):
            yield f"I10 repeats changed {name}"
