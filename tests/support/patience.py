"""The patience of all parts in one record, for those who make the whole pipeline."""

from dataclasses import dataclass

from infra.settings import PipelineSettings
from reelwright.domain.policy import AdmissionPolicy, FinishingPolicy, SendingPolicy, SweepPolicy


@dataclass(frozen=True, kw_only=True)
class WholePolicy(AdmissionPolicy, SendingPolicy, FinishingPolicy, SweepPolicy):
    """Every number under its name."""


def usual_policy(stage: PipelineSettings | None = None, **changes: int) -> WholePolicy:
    """What the functions of the stage are told (the library's usual one), but for the changes."""
    given = stage or PipelineSettings()
    told = {
        "hint_repair_seconds": given.hint_repair_seconds,
        "idempotency_seconds": given.idempotency_hours * 3600,
        "submit_lease_seconds": given.submit_lease_seconds,
        "slot_lease_seconds": given.slot_lease_seconds,
        "quiet_seconds": given.quiet_seconds,
        "watch_seconds": given.watch_seconds,
        "provider_deadline_seconds": given.provider_deadline_seconds,
        "finalize_lease_seconds": given.finalize_lease_seconds,
        "delivery_deadline_seconds": given.delivery_deadline_seconds,
        "max_attempts": given.max_attempts,
    }
    return WholePolicy(**(told | changes))
