"""The three stages: embedded (one machine), dev and prod (an account)."""

from collections.abc import Mapping
from types import MappingProxyType

from infra.settings import (
    AlarmSettings,
    FunctionSettings,
    FunctionsSettings,
    GuardSettings,
    LimitSettings,
    PipelineSettings,
    RetrySettings,
    Settings,
    WorkflowSettings,
)

EMBEDDED = Settings(
    stage="embedded",
    target="embedded",
    architecture="x86_64",
    addresses_are_parameters=True,
    log_retention_days=1,
    workflow=WorkflowSettings(
        poll_ladder_seconds=(10, 10, 15, 20, 30),
        park_retry=RetrySettings(interval_seconds=1, max_attempts=3, max_delay_seconds=2),
        poll_retry=RetrySettings(interval_seconds=1, max_attempts=3, max_delay_seconds=2),
        finalize_retry=RetrySettings(interval_seconds=1, max_attempts=10, max_delay_seconds=10),
        deadline_seconds=86_400,
    ),
    # Somebody watches: what a dead function held is taken over in two minutes, not in eleven.
    functions=FunctionsSettings(
        dispatch=FunctionSettings(timeout_seconds=80),
        finalize=FunctionSettings(timeout_seconds=110, memory_mb=512),
    ),
    limits=LimitSettings(api_requests_per_second=1_000, api_burst=2_000, dispatch_max_concurrency=2),
    pipeline=PipelineSettings(
        submit_lease_seconds=90,
        finalize_lease_seconds=120,
        slot_lease_seconds=120,
        quiet_seconds=20,
        watch_seconds=60,
        hint_repair_seconds=10,
    ),
    # A run on one machine lasts minutes and has few jobs: alarms are to ring within it.
    alarms=AlarmSettings(oldest_waiting_seconds=60, fewest_requests=5, fewest_jobs=2, fewest_calls=2),
)
DEV = Settings(stage="dev", empty_bucket_on_destroy=True, log_retention_days=7)
PROD = Settings(
    stage="prod",
    keep_data=True,
    log_retention_days=90,
    limits=LimitSettings(
        table_max_units=20_000,
        api_requests_per_second=500,
        api_burst=1_000,
        dispatch_max_concurrency=20,
    ),
    pipeline=PipelineSettings(lane_slots=20),
    guards=GuardSettings(waf=True, reserve_concurrency=True),
    alarms=AlarmSettings(monthly_budget_usd=5_000, credit_low_units=2_000),
)
STAGES: Mapping[str, Settings] = MappingProxyType({s.stage: s for s in (EMBEDDED, DEV, PROD)})
