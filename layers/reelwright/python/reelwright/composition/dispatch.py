"""Dispatch's composition root."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.hints import QueueHints
from reelwright.adapters.aws.images import BucketImages
from reelwright.adapters.aws.secrets import Secret
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.lanes import TableLanes
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.adapters.aws.workflows import StepFunctionsWorkflows
from reelwright.adapters.clock import RandomIds, SystemClock
from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.adapters.lazy import Lazy
from reelwright.composition.environment import read
from reelwright.composition.kling import provider
from reelwright.composition.settings import DispatchSettings
from reelwright.domain.policy import SendingPolicy
from reelwright.observability import PowertoolsTelemetry
from reelwright.use_cases.dispatch import DispatchLane
from reelwright.use_cases.submission import SendAttempt


@cache
def settings() -> DispatchSettings:
    """The function's settings."""
    return read(DispatchSettings)


SEND_SECONDS = 60
"""The longest that one more job may take: a create, one re-signed create and a look-up at their time limits."""


@cache
def dispatch_lane() -> DispatchLane:
    """The use case behind a hint."""
    given, clock, telemetry = settings(), SystemClock(), PowertoolsTelemetry()
    ids, table = RandomIds(clock), client("dynamodb")
    jobs = TableJobs(table, given.table_name, clock.now_ms)
    hints = QueueHints(client("sqs"), given.hints_queue_url, telemetry)
    return DispatchLane(
        jobs=jobs,
        lanes=TableLanes(table, given.table_name, given.lane_slots, given.lane_requests_per_minute),
        tenants=TableTenants(table, given.table_name),
        hints=hints,
        clock=clock,
        ids=ids,
        telemetry=telemetry,
        policy=_policy(given),
        accounts=given.kling_accounts,
        send=_send_attempt(given, jobs=jobs, hints=hints, ids=ids, clock=clock, telemetry=telemetry),
    )


def _send_attempt(  # noqa: PLR0913 - the ports that both use cases share
    given: DispatchSettings,
    *,
    jobs: TableJobs,
    hints: QueueHints,
    ids: RandomIds,
    clock: SystemClock,
    telemetry: PowertoolsTelemetry,
) -> SendAttempt:
    images = Lazy(lambda: BucketImages(client("s3"), given.media_bucket))
    callbacks = Secret(client("secretsmanager"), given.callbacks_secret_arn)
    return SendAttempt(
        jobs=jobs,
        provider=provider(given.kling_base_url, given.kling_secret_arn, lambda key: images.load(key)),  # noqa: PLW0108 - the client waits for the first image
        workflows=StepFunctionsWorkflows(client("stepfunctions"), given.state_machine_arn, telemetry),
        addresses=CallbackCapabilities(given.callback_base_url, lambda: callbacks.text("capability_key")),
        hints=hints,
        clock=clock,
        ids=ids,
        telemetry=telemetry,
        policy=_policy(given),
    )


def _policy(given: DispatchSettings) -> SendingPolicy:
    return SendingPolicy(
        submit_lease_seconds=given.submit_lease_seconds,
        slot_lease_seconds=given.slot_lease_seconds,
        quiet_seconds=given.quiet_seconds,
        watch_seconds=given.watch_seconds,
        provider_deadline_seconds=given.provider_deadline_seconds,
    )
