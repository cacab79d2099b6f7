"""The whole life of a job, from everything that knows a part of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from reelwright.domain.attempt import Attempt
from reelwright.domain.job import Job
from reelwright.domain.money import plain
from reelwright.use_cases.ops.books import Entry, Hold
from reelwright.use_cases.ops.ports import Executions, Records
from reelwright.use_cases.ops.records import Event, Execution
from reelwright.use_cases.ops.told import Told
from reelwright.use_cases.ports import Jobs, Lanes


@dataclass(frozen=True, slots=True)
class Trace:
    """A job with its money, its executions, its slot, and all that happened, oldest first."""

    job: Job
    hold: Hold | None
    entries: tuple[Entry, ...]
    executions: tuple[Execution, ...]
    slots: tuple[str, ...]
    waiting: str
    story: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class TraceJob:
    """Reads only. The prompt and Kling's links are no part of it."""

    jobs: Jobs
    lanes: Lanes
    records: Records
    executions: Executions
    told: Told

    def trace(self, job_id: str) -> Trace:
        """The job's life. Raises NotFound."""
        job = self.jobs.get(job_id)
        entries = self.records.entries_of(job.tenant, job.budget_month, job.id)
        executions = self.executions.of(job)
        history = self.records.history(job_id)
        parts = (*_story(job), *_money(entries), *history, *_of(executions), *self.told.of(job))
        story = sorted(parts, key=lambda event: event.at_ms)
        slots = tuple(f"{lane.id} {name}" for lane in self.lanes.all() for name in lane.slots if _belongs(name, job_id))
        return Trace(
            job,
            self.records.hold(job.tenant, job.id),
            entries,
            executions,
            slots,
            self._waiting(job),
            tuple(story),
        )

    def _waiting(self, job: Job) -> str:
        """What the job's lane says: whether it serves, and who is at the head of its queue."""
        heads = self.jobs.waiting_after(job.lane, "")
        return f"next in {job.lane}: {heads[0].job_id}" if heads else f"nothing waits in {job.lane}"


def _belongs(external_id: str, job_id: str) -> bool:
    return external_id.rpartition("-")[0] == job_id


def _story(job: Job) -> Iterator[Event]:
    yield Event(job.created_ms, f"admitted for {job.tenant}: {job.type} on {job.model}, {plain(job.estimated)} units")
    for attempt in job.attempts:
        yield from _attempt(attempt)
    if job.callback_ms:
        yield Event(job.callback_ms, "callback noted, not looked up yet")
    if job.finished_ms:
        why = f": {job.error.code}" if job.error else ""
        yield Event(job.finished_ms, f"{job.status}{why}")


def _attempt(attempt: Attempt) -> Iterator[Event]:
    yield Event(attempt.claimed_ms, f"attempt {attempt.number} claimed a slot of {attempt.lane}")
    if attempt.sent_ms:
        yield Event(attempt.sent_ms, f"attempt {attempt.number} sent again under the same id")
    if attempt.accepted_ms:
        yield Event(attempt.accepted_ms, f"attempt {attempt.number} accepted as task {attempt.task_id}")
    if attempt.ended_ms:
        units = f", {plain(attempt.deduction)} units deducted" if attempt.deduction is not None else ""
        yield Event(attempt.ended_ms, f"attempt {attempt.number} {attempt.status}{units}")


def _money(entries: tuple[Entry, ...]) -> Iterator[Event]:
    for entry in entries:
        back = f", {plain(entry.released)} released" if entry.operation != "hold" else ""
        yield Event(entry.at_ms, f"ledger: {entry.operation} {plain(entry.units)}{back}")


def _of(executions: tuple[Execution, ...]) -> Iterator[Event]:
    for execution in executions:
        yield Event(execution.started_ms, f"execution {execution.name} started")
        if execution.stopped_ms:
            yield Event(execution.stopped_ms, f"execution {execution.name} {execution.status}")
