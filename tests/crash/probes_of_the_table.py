"""Conditions of single writes, each with a way to break it and the latecomer who then does harm."""

from typing import Final

from tests.crash import latecomers
from tests.crash.mutations import Mutation
from tests.crash.probes import Probe

LEASE: Final = "adapters.aws.table.writes:Writer.lease_slot"
LANES: Final = "adapters.aws.table.lanes:TableLanes"
OF_THE_TABLE: Final[tuple[tuple[Mutation, Probe], ...]] = (
    (
        Mutation("a pause is not a condition", LEASE, "paused = :no AND ", "(paused = :no OR paused <> :no) AND "),
        latecomers.paused_meanwhile,
    ),
    (
        Mutation(
            "a rest is not a condition",
            LEASE,
            "cool_until_ms <= :now",
            "(cool_until_ms <= :now OR cool_until_ms > :now)",
        ),
        latecomers.cooling_meanwhile,
    ),
    (
        Mutation(
            "a turn of the minute is not a condition",
            "adapters.aws.table.writes:_pace",
            " AND tat_ms = :seen",
            " AND tat_ms >= :seen",
        ),
        latecomers.same_pace,
    ),
    (
        Mutation(
            "a lease is freed whenever it ends",
            f"{LANES}.free",
            '"slots.#slot.expires_ms = :expires"',
            '"slots.#slot.expires_ms >= :expires"',
        ),
        latecomers.renewed_meanwhile,
    ),
    (
        Mutation(
            "a hold is closed twice",
            "adapters.aws.table.writes:Writer.close_hold",
            '"#state = :open"',
            '"#state = :open OR #state = :closed"',
        ),
        latecomers.closed_twice,
    ),
    (
        Mutation(
            "a tenant's rate is not a condition",
            "adapters.aws.table.writes:Writer.count_request",
            "OR requests < :most",
            "OR requests >= :zero OR requests < :most",
        ),
        latecomers.rate_used_up,
    ),
    (
        Mutation(
            "all news are wiped away",
            "adapters.aws.table.jobs:TableJobs.clear_callback",
            '"callback_ms = :seen"',
            '"callback_ms >= :seen"',
        ),
        latecomers.called_back_meanwhile,
    ),
    (
        Mutation(
            "a lane is made again", f"{LANES}._made", '"attribute_not_exists(pk)"', '"attribute_not_exists(nothing)"'
        ),
        latecomers.made_meanwhile,
    ),
    (
        Mutation("a forecast forgets an end", f"{LANES}.publish", '"recent_tasks = :seen"', '"recent_tasks >= :seen"'),
        latecomers.counted_meanwhile,
    ),
    (
        Mutation(
            "a wake is booked twice",
            f"{LANES}.book_wake",
            "OR wake_ms <= :now OR wake_ms > :at",
            "OR wake_ms <> :now OR wake_ms > :at",
        ),
        latecomers.booked_twice,
    ),
)
