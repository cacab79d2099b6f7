"""Sweep's composition root."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.hints import QueueHints
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.keys import DUE_SHARDS
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.aws.workflows import StepFunctionsWorkflows
from reelwright.adapters.clock import SystemClock
from reelwright.composition.environment import read
from reelwright.composition.settings import SweepSettings
from reelwright.domain.policy import SweepPolicy
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.sweep import SweepUp


@cache
def settings() -> SweepSettings:
    """The function's settings."""
    return read(SweepSettings)


@cache
def sweep_up() -> SweepUp:
    """The use case behind the schedule and the failed executions."""
    given, clock, telemetry = settings(), SystemClock(), PowertoolsTelemetry()
    table = client("dynamodb")
    return SweepUp(
        jobs=TableJobs(table, given.table_name, clock.now_ms),
        lanes=TableLanes(table, given.table_name, given.lane_slots, given.lane_requests_per_minute),
        workflows=StepFunctionsWorkflows(client("stepfunctions"), given.state_machine_arn, telemetry),
        hints=QueueHints(client("sqs"), given.hints_queue_url, telemetry),
        clock=clock,
        telemetry=telemetry,
        policy=SweepPolicy(
            hint_repair_seconds=given.hint_repair_seconds,
            slot_lease_seconds=given.slot_lease_seconds,
            watch_seconds=given.watch_seconds,
        ),
        shards=DUE_SHARDS,
        accounts=given.kling_accounts,
    )
