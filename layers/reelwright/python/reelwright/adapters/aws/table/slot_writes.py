"""Leasing a slot of a lane, and giving it back: parts of the transactions that claim and end attempts."""

from dataclasses import dataclass

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.writes import Write, Writer
from reelwright.domain.fairness import Choice
from reelwright.domain.job import Job
from reelwright.domain.lane import Lane
from reelwright.domain.pacing import HALF_OPEN_SECONDS


@dataclass(frozen=True, slots=True)
class SlotWrites:
    """Builds them with the table's writer."""

    writer: Writer

    def lease(self, lane: Lane, job: Job, choice: Choice, expires_ms: int, cap: int) -> Write:
        """Lease a slot of the lane for the job's attempt, within the lane's capacity and pace and the tenant's cap."""
        now_ms = job.updated_ms
        pace, paced, due = _pace(lane, now_ms)
        return self.writer.update(
            keys.lane(lane.id),
            "SET slots.#slot = :slot, running.#tenant = if_not_exists(running.#tenant, :zero) + :one,"
            f" turn = :turn, deficits = :deficits{pace}",
            "size(slots) < :limit AND attribute_not_exists(slots.#slot) AND paused = :no AND cool_until_ms <= :now"
            " AND (attribute_not_exists(running.#tenant) OR running.#tenant < :cap)" + paced,
            names={"#slot": job.attempt.external_id, "#tenant": job.tenant},
            slot={"tenant": job.tenant, "expires_ms": expires_ms},
            turn=choice.turn,
            deficits=choice.deficits,
            limit=lane.capacity(now_ms),
            now=now_ms,
            cap=cap,
            zero=0,
            one=1,
            no=False,
            **due,
        )

    def free(self, before: Job, cool_until_ms: int | None = None, ran_ms: int | None = None) -> Write:
        """Give the attempt's slot back, with what the lane is to learn from it; fails when it is not leased."""
        more, values = _rest(cool_until_ms, ran_ms)
        return self.writer.update(
            keys.lane(before.attempt.lane),
            f"SET running.#tenant = running.#tenant - :one{more} REMOVE slots.#slot",
            "attribute_exists(slots.#slot)",
            names={"#slot": before.attempt.external_id, "#tenant": before.tenant},
            one=1,
            **values,
        )


def _pace(lane: Lane, now_ms: int) -> tuple[str, str, dict[str, object]]:
    """What a claim adds to keep the lane's pace, and to let one create alone try while the breaker is half open."""
    change, condition, values = "", "", dict[str, object]()
    if lane.interval_ms:
        change, condition = ", tat_ms = :next", " AND tat_ms = :seen"
        values = {"next": max(lane.tat_ms, now_ms) + lane.interval_ms, "seen": lane.tat_ms}
    if lane.lessons.failures:
        change += ", cool_until_ms = :half"
        values["half"] = now_ms + HALF_OPEN_SECONDS * 1000
    return change, condition, values


def _rest(cool_until_ms: int | None, ran_ms: int | None) -> tuple[str, dict[str, object]]:
    """What is told to the lane along with a slot that is given back."""
    change, values = "", dict[str, object]()
    if cool_until_ms is not None:
        change, values = ", cool_until_ms = :cool", {"cool": cool_until_ms}
    if ran_ms is not None:
        change += ", recent_tasks = if_not_exists(recent_tasks, :zero) + :one"
        change += ", recent_ms = if_not_exists(recent_ms, :zero) + :ran"
        values |= {"ran": ran_ms, "zero": 0}
    return change, values
