"""Submit's composition root."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.hints import QueueHints
from reelwright.adapters.aws.images import BucketImages
from reelwright.adapters.aws.table.forecasts import TableForecasts
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.adapters.clock import RandomIds, SystemClock
from reelwright.adapters.lazy import Lazy
from reelwright.composition.environment import read
from reelwright.composition.settings import SubmitSettings
from reelwright.domain.policy import AdmissionPolicy
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.cancel import CancelVideo
from reelwright.use_cases.submit import SubmitVideo


@cache
def settings() -> SubmitSettings:
    """The function's settings."""
    return read(SubmitSettings)


@cache
def jobs() -> TableJobs:
    """The table of jobs."""
    return TableJobs(client("dynamodb"), settings().table_name, SystemClock().now_ms)


@cache
def submit_video() -> SubmitVideo:
    """The use case behind `POST /v1/videos` and `POST /v1/estimates`."""
    given, clock, telemetry = settings(), SystemClock(), PowertoolsTelemetry()
    return SubmitVideo(
        jobs=jobs(),
        tenants=TableTenants(client("dynamodb"), given.table_name),
        hints=QueueHints(client("sqs"), given.hints_queue_url, telemetry),
        images=Lazy(lambda: BucketImages(client("s3"), given.media_bucket)),
        clock=clock,
        ids=RandomIds(clock),
        telemetry=telemetry,
        policy=AdmissionPolicy(
            hint_repair_seconds=given.hint_repair_seconds, idempotency_seconds=given.idempotency_hours * 3600
        ),
        account=given.kling_accounts[0],
        forecasts=TableForecasts(client("dynamodb"), given.table_name),
    )


@cache
def cancel_video() -> CancelVideo:
    """The use case behind `POST /v1/videos/{id}/cancel`."""
    return CancelVideo(jobs(), SystemClock(), PowertoolsTelemetry())
