"""Finalize's composition root."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.hints import QueueHints
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.clock import RandomIds, SystemClock
from reelwright.adapters.media.builder import media_copier
from reelwright.composition.environment import read
from reelwright.composition.kling import no_images, provider
from reelwright.composition.settings import FinalizeSettings
from reelwright.domain.policy import FinishingPolicy
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.finalize import FinalizeJob


@cache
def finalize_job() -> FinalizeJob:
    """The use case behind the state machine's Finalize state."""
    given, clock, telemetry = read(FinalizeSettings), SystemClock(), PowertoolsTelemetry()
    return FinalizeJob(
        jobs=TableJobs(client("dynamodb"), given.table_name, clock.now_ms),
        provider=provider(given.kling_base_url, given.kling_secret_arn, no_images),
        copier=media_copier(
            client("s3"),
            given.media_bucket,
            ffmpeg_path=given.ffmpeg_path,
            max_result_bytes=given.max_result_bytes,
            result_hosts=given.result_hosts,
            allow_http_hosts=given.allow_http_hosts,
        ),
        hints=QueueHints(client("sqs"), given.hints_queue_url, telemetry),
        clock=clock,
        ids=RandomIds(clock),
        telemetry=telemetry,
        policy=_policy(given),
    )


def _policy(given: FinalizeSettings) -> FinishingPolicy:
    return FinishingPolicy(
        finalize_lease_seconds=given.finalize_lease_seconds,
        watch_seconds=given.watch_seconds,
        delivery_deadline_seconds=given.delivery_deadline_seconds,
        max_attempts=given.max_attempts,
    )
