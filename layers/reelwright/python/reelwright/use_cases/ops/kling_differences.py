"""What may not agree between our books and Kling's. Pure."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from reelwright.domain.money import plain
from reelwright.use_cases.ops.books import Paid
from reelwright.use_cases.ops.differences import NOTHING, ZERO, Difference
from reelwright.use_cases.ops.kling_books import Deduction


def kling_differences(
    month: str, jobs: Iterable[Paid], deductions: Iterable[Deduction], since_ms: int, until_ms: int
) -> Iterator[Difference]:
    """Differences of the jobs of `month`, and the tasks deducted within the time that belong to no job at all.

    `jobs` must hold those of the months around it as well: units are deducted at success, which may be days later; and
    those of erased tenants. A task that belongs to no job is named in every month where its time cannot be read.
    """
    taken = _sums(deductions)
    known: set[str] = set()
    for job in jobs:
        known |= job.tasks
        if job.month == month and job.over:
            yield from _of(job, {task: taken[task] for task in job.tasks if task in taken})
    for task, (units, at_ms) in taken.items():
        if task not in known and (at_ms is None or since_ms <= at_ms < until_ms):
            yield Difference("kling-unknown-task", "", task, NOTHING, plain(units))


def _of(job: Paid, taken: dict[str, tuple[Decimal, int | None]]) -> Iterator[Difference]:
    deducted = sum((units for units, _ in taken.values()), ZERO)
    if job.captured == deducted:
        return
    kind = "kling-deducted-other" if taken else "kling-deducted-nothing"
    yield Difference(kind, job.tenant, job.job, plain(job.captured), plain(deducted) if taken else NOTHING)


def _sums(deductions: Iterable[Deduction]) -> dict[str, tuple[Decimal, int | None]]:
    """Units by task, whose rows may be several, and when the first were taken: None where a row's time is unknown."""
    sums: dict[str, tuple[Decimal, int | None]] = {}
    for row in deductions:
        units, at_ms = sums.get(row.task_id, (ZERO, row.at_ms))
        first = None if at_ms is None or row.at_ms is None else min(at_ms, row.at_ms)
        sums[row.task_id] = (units + row.units, first)
    return sums
