"""Whether everybody's books agree: the customers', the table's, Kling's."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from local.watch import TERMINAL
from tests.chaos.books import Books

SUCCEEDED = "succeeded"


@dataclass(frozen=True, slots=True)
class Seen:
    """Three accounts of one run.

    `promised` are the ids that customers were given, by their key; `jobs` what the API tells of them; `tasks` and
    `units` (by task id) are Kling's; `made` and `served` are digests by job of Kling's own file and of the one behind
    the signed link.
    """

    promised: Mapping[str, str]
    jobs: Mapping[str, Mapping[str, Any]]
    books: Books
    tasks: tuple[Mapping[str, Any], ...]
    units: Mapping[str, Decimal]
    made: Mapping[str, str]
    served: Mapping[str, str]


def figures(seen: Seen) -> list[tuple[str, object]]:
    """What the run came to."""
    ends = Counter(job["status"] for job in seen.jobs.values())
    same = sum(seen.made.get(job) == digest for job, digest in seen.served.items())
    return [
        ("jobs", len(set(seen.promised.values()))),
        ("terminal", ", ".join(f"{count} {name}" for name, count in sorted(ends.items()))),
        ("tasks created at Kling", len(seen.tasks)),
        ("units Kling deducted", sum(seen.units.values(), Decimal(0))),
        ("units captured", seen.books.captured),
        ("holds left", len(seen.books.open_holds)),
        ("slots left", len(seen.books.slots)),
        ("files compared", f"{len(seen.served)}, {same} the same to the byte"),
    ]


def differences(seen: Seen) -> Iterator[str]:
    """Everything that does not agree."""
    yield from _jobs(seen)
    yield from _tasks(seen)
    yield from _money(seen)
    yield from _files(seen)
    if seen.books.slots:
        yield f"slots are still leased: {', '.join(seen.books.slots)}"


def _jobs(seen: Seen) -> Iterator[str]:
    promised = set(seen.promised.values())
    if len(promised) != len(seen.promised):
        yield "two orders were given the same job"
    if promised != set(seen.books.statuses):
        yield f"jobs in the table that nobody was promised, or the other way: {promised ^ set(seen.books.statuses)}"
    for job_id, status in seen.books.statuses.items():
        if status not in TERMINAL:
            yield f"{job_id} is still {status}"
        if seen.jobs.get(job_id, {}).get("status") != status:
            yield f"{job_id}: the API and the table tell different things"


def _tasks(seen: Seen) -> Iterator[str]:
    """One task a job: every order here reaches Kling, and no attempt is ever repeated under another id."""
    known = {attempt["task_id"]: job_id for job_id, job in seen.jobs.items() for attempt in job["attempts"]}
    yield from (f"nobody knows task {one['task_id']}" for one in seen.tasks if one["task_id"] not in known)
    yield from (f"task {one['task_id']} is unfinished" for one in seen.tasks if not one["ended"])
    made = Counter(known.get(one["task_id"]) for one in seen.tasks)
    yield from (f"{job_id} has {made[job_id]} tasks at Kling" for job_id in seen.jobs if made[job_id] != 1)


def _money(seen: Seen) -> Iterator[str]:
    for job_id, job in seen.jobs.items():
        units = sum((seen.units.get(attempt["task_id"], Decimal(0)) for attempt in job["attempts"]), Decimal(0))
        captured = Decimal((job["cost"]["captured"] or {"units": 0})["units"])
        if captured != units:
            yield f"{job_id}: Kling deducted {units}, captured were {captured}"
        entries = sorted(name for one, name, _ in seen.books.entries if one == job_id)
        settled = sum(
            (amount for one, name, amount in seen.books.entries if one == job_id and name != "hold"), Decimal(0)
        )
        if len(entries) != 2 or "hold" not in entries or settled != units:
            yield f"{job_id}: its ledger reads {entries}, {settled} settled of {units}"
    if seen.books.captured != sum(seen.units.values(), Decimal(0)):
        yield "the sum that was captured is not what Kling deducted"
    if seen.books.open_holds or seen.books.held:
        yield f"holds are open: {', '.join(seen.books.open_holds)}; {seen.books.held} units held"


def _files(seen: Seen) -> Iterator[str]:
    for job_id, job in seen.jobs.items():
        if job["status"] != SUCCEEDED:
            continue
        told = next((asset["sha256"] for asset in job["assets"] if asset["kind"] == "video"), None)
        if not seen.made.get(job_id) == seen.served.get(job_id) == told:
            yield f"{job_id}: Kling's file, the served file and the told digest differ"
