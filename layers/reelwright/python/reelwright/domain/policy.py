"""How patient each part of the pipeline is: frozen records of numbers that the stage sets.

What the stage owns has no default, so a part that is not told of it cannot be made.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AdmissionPolicy:
    """Of submit: when the sweep first looks at a new job, how long an answer is kept, how long a job may wait."""

    hint_repair_seconds: int
    idempotency_seconds: int
    queue_deadline_seconds: int = 604_800


@dataclass(frozen=True, kw_only=True)
class SendingPolicy:
    """Of dispatch: leases, quiet periods, deadlines, and how long a lane rests after a refusal.

    `quiet_seconds` must exceed the longest time between our last byte sent and the task showing up at Kling,
    the HTTP read timeout included: only then does "not found" mean "not created" (Kling API contract, recovery).
    """

    submit_lease_seconds: int
    slot_lease_seconds: int
    quiet_seconds: int
    watch_seconds: int
    provider_deadline_seconds: int
    over_capacity_cool_seconds: int = 2
    rate_limited_cool_seconds: int = 5
    unreachable_cool_seconds: int = 15
    blocked_cool_seconds: int = 60


@dataclass(frozen=True, kw_only=True)
class FinishingPolicy:
    """Of finalize: its lease, when to look again, how long a copy is tried, how often Kling is asked anew."""

    finalize_lease_seconds: int
    watch_seconds: int
    delivery_deadline_seconds: int
    max_attempts: int


@dataclass(frozen=True, kw_only=True)
class SweepPolicy:
    """Of the sweep: when to look at a job again, by what it waits for."""

    hint_repair_seconds: int
    slot_lease_seconds: int
    watch_seconds: int
