"""Poll's composition root."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.hints import QueueHints
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.clock import SystemClock
from reelwright.composition.environment import read
from reelwright.composition.kling import no_images, provider
from reelwright.composition.settings import PollSettings
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.poll import PollTask


@cache
def poll_task() -> PollTask:
    """The use case behind the state machine's Poll states."""
    given, clock, telemetry = read(PollSettings), SystemClock(), PowertoolsTelemetry()
    return PollTask(
        jobs=TableJobs(client("dynamodb"), given.table_name, clock.now_ms),
        provider=provider(given.kling_base_url, given.kling_secret_arn, no_images),
        hints=QueueHints(client("sqs"), given.hints_queue_url, telemetry),
        clock=clock,
        telemetry=telemetry,
    )
