"""What the sweep's function looks at beside its repairs. The rarely needed parts are imported when they are needed."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.clock import SystemClock
from reelwright.composition.sweep import settings
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.observing import ObserveLanes


@cache
def observe_lanes() -> ObserveLanes:
    """The use case that measures lanes."""
    given, clock = settings(), SystemClock()
    return ObserveLanes(
        jobs=TableJobs(client("dynamodb"), given.table_name, clock.now_ms),
        lanes=TableLanes(client("dynamodb"), given.table_name, given.lane_slots, given.lane_requests_per_minute),
        clock=clock,
        telemetry=PowertoolsTelemetry(),
        accounts=given.kling_accounts,
    )
