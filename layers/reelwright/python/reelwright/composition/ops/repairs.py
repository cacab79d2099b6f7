"""One job's repair, by what the sweep does for all of them."""

from reelwright.adapters.aws.table.keys import DUE_SHARDS
from reelwright.composition.ops.reach import Reach
from reelwright.domain.policy import SweepPolicy
from reelwright.use_cases.ops.repair import RepairJob
from reelwright.use_cases.sweep import SweepUp


def repair_job(reach: Reach) -> RepairJob:
    """Its settings are the stage's own."""
    return RepairJob(
        reach.jobs, reach.lanes, reach.kling, reach.workflows, reach.hints, _sweep(reach), reach.records, reach.clock
    )


def _sweep(reach: Reach) -> SweepUp:
    return SweepUp(
        jobs=reach.jobs,
        lanes=reach.lanes,
        workflows=reach.workflows,
        hints=reach.hints,
        clock=reach.clock,
        telemetry=reach.telemetry,
        policy=_policy(reach),
        shards=DUE_SHARDS,
        accounts=reach.given.kling_accounts,
    )


def _policy(reach: Reach) -> SweepPolicy:
    return SweepPolicy(
        hint_repair_seconds=reach.given.hint_repair_seconds,
        slot_lease_seconds=reach.given.slot_lease_seconds,
        watch_seconds=reach.given.watch_seconds,
    )
