"""How patient the pipeline is: one frozen record, set by the stage."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """Leases, quiet periods and deadlines, all in seconds.

    `quiet_seconds` must exceed the longest time between our last byte sent and the task showing up at Kling,
    the HTTP read timeout included: only then does "not found" mean "not created" (Kling API contract, recovery).
    """

    submit_lease_seconds: int = 60
    slot_lease_seconds: int = 300
    finalize_lease_seconds: int = 900
    quiet_seconds: int = 60
    hint_repair_seconds: int = 60
    watch_seconds: int = 300
    provider_deadline_seconds: int = 86_400
    delivery_deadline_seconds: int = 86_400
    queue_deadline_seconds: int = 604_800
    idempotency_seconds: int = 86_400
    max_attempts: int = 1
    over_capacity_cool_seconds: int = 2
    rate_limited_cool_seconds: int = 5
    unreachable_cool_seconds: int = 15
    blocked_cool_seconds: int = 60
