"""What may not agree in a month's books, each kind named. Pure: books in, differences out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reelwright.domain.job import Job
from reelwright.domain.money import plain
from reelwright.use_cases.ops.books import Books, Entry, Hold

ENDS: Final = ("capture", "release")
NOTHING: Final = "nothing"
ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sources that should say the same: `expected` is what follows from the others, `found` what stands there."""

    kind: str
    tenant: str
    subject: str
    expected: str
    found: str


def differences(books: Books) -> Iterator[Difference]:
    """Every difference within a tenant's month, to the last digit."""
    by_job = _by_job(books.entries)
    for job_id in sorted({*by_job, *books.holds}):
        told = Told(books.tenant, job_id, by_job.get(job_id, {}), books.holds.get(job_id), books.jobs.get(job_id))
        yield from _between_hold_and_entries(told)
        if not books.erased:
            yield from _between_job_and_hold(told)
    for job in books.jobs.values():
        if job.budget_month == books.month and job.id not in by_job and job.id not in books.holds:
            yield Difference("job-without-hold", books.tenant, job.id, plain(job.estimated), NOTHING)
    yield from _of_the_balance(books)


@dataclass(frozen=True, slots=True)
class Told:
    """What entries, hold and job row tell about one job's money."""

    tenant: str
    job_id: str
    entries: Mapping[str, Entry]
    hold: Hold | None
    job: Job | None

    def differs(self, kind: str, expected: Decimal | str | None, found: Decimal | str | None) -> Iterator[Difference]:
        """One difference unless both are the same."""
        if expected != found:
            yield Difference(kind, self.tenant, self.job_id, _text(expected), _text(found))


def _between_hold_and_entries(told: Told) -> Iterator[Difference]:
    entered, hold = told.entries.get("hold"), told.hold
    if hold is None:
        yield Difference("entry-without-hold", told.tenant, told.job_id, ", ".join(sorted(told.entries)), NOTHING)
        return
    if entered is None:
        yield Difference("hold-without-entry", told.tenant, told.job_id, plain(hold.units), NOTHING)
    else:
        yield from told.differs("hold-units", hold.units, entered.units)
    ends = [told.entries[end] for end in ENDS if end in told.entries]
    if hold.state == "open":
        yield from told.differs("settled-twice-or-early", "open", "/".join(end.operation for end in ends) or "open")
        return
    if len(ends) != 1:
        found = "/".join(end.operation for end in ends) or NOTHING
        yield Difference("closed-without-one-end", told.tenant, told.job_id, "one capture or release", found)
        return
    captured = hold.captured or ZERO
    yield from told.differs("captured-units", captured, ends[0].units)
    yield from told.differs("released-units", hold.units - captured, ends[0].released)


def _between_job_and_hold(told: Told) -> Iterator[Difference]:
    job, hold = told.job, told.hold
    if job is None:
        yield Difference("money-without-job", told.tenant, told.job_id, "a job", NOTHING)
        return
    if hold is None:
        return
    yield from told.differs("estimate", job.estimated, hold.units)
    yield from told.differs("hold-state", "closed" if job.status.terminal else "open", hold.state)
    yield from told.differs("job-held", hold.units if hold.state == "open" else ZERO, job.held)
    if job.status.terminal and hold.state == "closed":
        yield from told.differs("job-captured", hold.captured or ZERO, job.captured or ZERO)


def _of_the_balance(books: Books) -> Iterator[Difference]:
    """The running totals against the sum of the holds, which are closed one by one."""
    balance, holds = books.balance, books.holds.values()
    held = sum((hold.units for hold in holds if hold.state == "open"), ZERO)
    captured = sum((hold.captured or ZERO for hold in holds), ZERO)
    whole = Told(books.tenant, f"balance of {books.month}", {}, None, None)
    if balance is None:
        yield from whole.differs("balance-missing", ZERO, held + captured)
        return
    yield from whole.differs("balance-held", held, balance.held)
    yield from whole.differs("balance-captured", captured, balance.captured)
    yield from whole.differs("balance-available", balance.budget - balance.held - balance.captured, balance.available)


def _by_job(entries: tuple[Entry, ...]) -> dict[str, dict[str, Entry]]:
    jobs: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        jobs.setdefault(entry.job, {})[entry.operation] = entry
    return jobs


def _text(value: Decimal | str | None) -> str:
    return plain(value) if isinstance(value, Decimal) else value or NOTHING
