"""Ending a job, and giving its slot back: job, money, slot and the event that tells of it move together."""

from decimal import Decimal

from reelwright.adapters.aws.table import keys, outbox_rows
from reelwright.adapters.aws.table.codec import Item, encode
from reelwright.adapters.aws.table.slot_writes import SlotWrites
from reelwright.adapters.aws.table.transactions import Canceled, Transactions
from reelwright.adapters.aws.table.writes import Write, Writer
from reelwright.domain.errors import Stale
from reelwright.domain.event import of_job
from reelwright.domain.job import Job
from reelwright.domain.status import Status

HOLDS_SLOT = frozenset({Status.SUBMITTING, Status.GENERATING})
"""A slot is held while Kling may count the task as unfinished (Kling API contract, concurrency)."""


class Settlements:
    """The transactions at a job's end."""

    def __init__(self, writer: Writer, transactions: Transactions) -> None:
        self._writer, self._slots = writer, SlotWrites(writer)
        self._transactions = transactions

    def save_and_free(self, before: Job, after: Job, cool_until_ms: int | None = None) -> None:
        """Replace the row and free the slot of `before.attempt`. Raises Stale."""
        slot = self._slot(before, cool_until_ms, after.ran_ms)
        self._run(before, {"job": self._writer.put_job(before, after)}, slot)

    def settle(self, before: Job, after: Job) -> None:
        """End the job, turn its hold into capture and release, and put the event into the outbox. Raises Stale."""
        told = {"event": self._writer.put(outbox_rows.to_item(of_job(after)))}
        writes = {"job": self._writer.put_job(before, after)} | self._money(after, before.held) | told
        self._run(before, writes, self._slot(before, None, after.ran_ms))

    def close_hold(self, job: Job) -> bool:
        """Settle the hold of a job that is over already; False when it is settled."""
        try:
            self._transactions.run(self._money(job, job.estimated))
        except Canceled:
            return False
        return True

    def _money(self, after: Job, held: Decimal) -> dict[str, Write]:
        captured = after.captured or Decimal(0)
        return {
            "hold": self._writer.close_hold(after, captured, after.updated_ms),
            "entry": self._writer.put_if(_entry(after, held, captured), "attribute_not_exists(pk)"),
            "budget": self._writer.settle_budget(after, held, captured),
        }

    def _run(self, before: Job, writes: dict[str, Write], slot: dict[str, Write]) -> None:
        try:
            self._transactions.run(writes | slot)
        except Canceled as canceled:
            if canceled.failed != {"slot"}:
                raise Stale(before.id) from canceled
            self._run_without_slot(before, writes)

    def _run_without_slot(self, before: Job, writes: dict[str, Write]) -> None:
        """An operator or the sweep freed the slot already: the rest still has to happen."""
        try:
            self._transactions.run(writes)
        except Canceled as canceled:
            raise Stale(before.id) from canceled

    def _slot(self, before: Job, cool_until_ms: int | None, ran_ms: int | None) -> dict[str, Write]:
        if before.status not in HOLDS_SLOT:
            return {}
        return {"slot": self._slots.free(before, cool_until_ms, ran_ms)}


def _entry(after: Job, held: Decimal, captured: Decimal) -> Item:
    operation = "capture" if after.status is Status.SUCCEEDED or captured else "release"
    key = keys.entry(after.tenant, after.budget_month, after.id, operation)
    return key | encode(
        {
            "job": after.id,
            "operation": operation,
            "units": captured,
            "released": held - captured,
            "estimated": after.estimated,
            "at_ms": after.updated_ms,
        }
    )
