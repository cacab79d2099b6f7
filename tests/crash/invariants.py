"""What must hold after every single write, and what must hold when everything has come to rest (fault model, I1-I6)."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from reelwright.domain.attempt import job_of
from reelwright.domain.status import TERMINAL, TRANSITIONS
from tests.crash.books import Books

MOVES: Final = frozenset((str(before), str(after)) for before, after in TRANSITIONS)
ENDS: Final = frozenset(map(str, TERMINAL))
KlingTask = Mapping[str, Any]


def at_every_step(before: Books | None, now: Books, tasks: tuple[KlingTask, ...]) -> Iterator[str]:
    """Violations that one moment of the history shows."""
    yield from charged_once(now, tasks)
    yield from budgets(now)
    yield from ended_once(before, now)
    yield from slots(now, tasks)
    yield from whole_files(now)


def charged_once(now: Books, tasks: tuple[KlingTask, ...]) -> Iterator[str]:
    """I2: every task at Kling is a recorded attempt, and a job never has two that may cost something."""
    costly: dict[str, int] = {}
    for task in tasks:
        job_id = job_of(task["external_task_id"])
        facts = now.jobs.get(job_id)
        if facts is None or task["external_task_id"] not in facts.attempts:
            yield f"I2 a task at Kling that no attempt records: {task['external_task_id']}"
        if task["task_status"] != "failed":
            costly[job_id] = costly.get(job_id, 0) + 1
    yield from (f"I2 {count} tasks to pay for job {job_id}" for job_id, count in costly.items() if count > 1)


def budgets(now: Books) -> Iterator[str]:
    """I3: nothing is spent beyond the budget, totals equal the holds, and a job's end and its ledger go together."""
    for month in now.budgets:
        if month.available < 0 or month.available + month.held + month.captured != month.budget:
            yield f"I3 the budget does not add up: {month}"
    held = sum((units for state, units, _ in now.holds.values() if state == "open"), Decimal(0))
    captured = sum((units for state, _, units in now.holds.values() if state == "closed"), Decimal(0))
    if held != sum(month.held for month in now.budgets) or captured != sum(month.captured for month in now.budgets):
        yield f"I3 holds ({held} open, {captured} captured) and totals differ"
    for job_id, facts in now.jobs.items():
        hold = now.holds.get(job_id)
        if hold is None or (hold[0] == "closed") != (facts.status in ENDS):
            yield f"I3 a {facts.status} job with hold {hold}"
        yield from _ledger(job_id, facts.status in ENDS, now.entries.get(job_id, ()))


def _ledger(job_id: str, over: bool, entries: tuple[str, ...]) -> Iterator[str]:  # noqa: FBT001 - one fact of a job
    settled = [entry for entry in entries if entry in {"capture", "release"}]
    if entries.count("hold") != 1 or len(settled) != int(over):
        yield f"I3 ledger of {job_id}: {sorted(entries)}"


def ended_once(before: Books | None, now: Books) -> Iterator[str]:
    """I4: jobs move only as the table of transitions says, and an ended job's row never changes."""
    for job_id, was in before.jobs.items() if before else ():
        facts = now.jobs.get(job_id)
        if facts is None:
            yield f"I4 job {job_id} is gone"
        elif was.status in ENDS and dict(facts.row) != dict(was.row):
            yield f"I4 a {was.status} job changed (to {facts.status})"
        elif was.status != facts.status and (was.status, facts.status) not in MOVES:
            yield f"I4 {was.status} -> {facts.status}"


def slots(now: Books, tasks: tuple[KlingTask, ...]) -> Iterator[str]:
    """I5: slots are leased for exactly the jobs that may be unfinished at Kling, within the limit, counted right."""
    if set(now.slots) != set(now.live):
        yield f"I5 slots {sorted(now.slots)} but live {sorted(now.live)}"
    if now.running != len(now.slots):
        yield f"I5 {len(now.slots)} slots counted as {now.running}"
    if now.fullest > int(os.environ["LANE_SLOTS"]):
        yield f"I5 {now.fullest} slots leased in a lane"
    for task in tasks:
        job = now.jobs.get(job_of(task["external_task_id"]))
        if not task["ended"] and task["external_task_id"] not in now.slots and job and job.status not in ENDS:
            yield f"I5 {task['external_task_id']} is unfinished at Kling, but its slot is free"


def whole_files(now: Books) -> Iterator[str]:
    """I6: whatever stands under media/ is whole (its name is its digest), and a success has all its files."""
    for name, body in now.objects.items():
        if name.startswith("media/") and hashlib.sha256(body).hexdigest() not in name:
            yield f"I6 {name} is not what its name says"
    for job_id, facts in now.jobs.items():
        if facts.status == "succeeded" and not facts.assets:
            yield f"I6 {job_id} succeeded without a file"
        for asset in facts.assets:
            stored = now.objects.get(asset["key"], b"")
            if len(stored) != int(asset["size"]) or hashlib.sha256(stored).hexdigest() != asset["sha256"]:
                yield f"I6 {asset['key']} is missing or differs"
