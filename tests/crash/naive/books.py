"""The naive pipeline's books in the terms of the invariants. It keeps no holds, so they are what its jobs say."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from tests.crash import cloud
from tests.crash.books import Books, Budget, JobFacts
from tests.crash.invariants import ENDS, KlingTask, charged_once, whole_files

_read = TypeDeserializer().deserialize
ZERO = Decimal(0)


def read_books() -> Books:
    """Jobs, the two totals, the counter."""
    rows = {key: {name: _read(value) for name, value in row.items()} for key, row in cloud.rows().items()}
    money = rows.get(("TENANT#acme", "BUDGET#all"), {})
    count = int(rows.get(("LANES", "naive"), {}).get("count", 0))
    jobs = {row["id"]: _job(row) for (_, sk), row in rows.items() if sk == "JOB"}
    return Books(
        jobs=jobs,
        budgets=(Budget(ZERO, ZERO, money.get("held", ZERO), money.get("captured", ZERO)),),
        holds={},
        entries={},
        slots=(),
        running=count,
        objects=cloud.objects(),
    )


def _job(row: dict[str, Any]) -> JobFacts:
    attempts = tuple(attempt["external_id"] for attempt in row["attempts"])
    return JobFacts(row["status"], attempts, row.get("captured"), tuple(row.get("assets", ())), row)


def at_every_step(before: Books | None, now: Books, tasks: tuple[KlingTask, ...]) -> Iterator[str]:
    """What can be asked of it while it works: its totals may lag behind, so money and slots are asked at rest only."""
    yield from charged_once(now, tasks)
    yield from whole_files(now)
    for job_id, was in before.jobs.items() if before else ():
        if was.status in ENDS and dict(now.jobs[job_id].row) != dict(was.row):
            yield f"I4 a {was.status} job changed"


def at_rest(now: Books) -> Iterator[str]:
    """The totals are what the jobs say."""
    captured = sum((facts.captured or ZERO for facts in now.jobs.values()), ZERO)
    over = all(facts.status in ENDS for facts in now.jobs.values())
    if over and (now.budgets[0].held or now.budgets[0].captured != captured):
        yield f"I3 the totals are {now.budgets[0]}, the jobs say {captured}"
