"""What differs from stage to stage, in one frozen object. Units stand in the names."""

from dataclasses import dataclass, field

SERVICE = "reelwright"


@dataclass(frozen=True, slots=True)
class FunctionSettings:
    """Size and limits of one function. Concurrency is reserved where the stage says so: it comes out of a quota."""

    timeout_seconds: int
    memory_mb: int = 256
    reserved_concurrency: int = 20


@dataclass(frozen=True, slots=True)
class FunctionsSettings:
    """Size and limits of every function."""

    authorizer: FunctionSettings = FunctionSettings(timeout_seconds=8, memory_mb=512, reserved_concurrency=150)
    submit: FunctionSettings = FunctionSettings(timeout_seconds=20, memory_mb=512, reserved_concurrency=100)
    query: FunctionSettings = FunctionSettings(timeout_seconds=15, memory_mb=512, reserved_concurrency=150)
    endpoints: FunctionSettings = FunctionSettings(timeout_seconds=20, memory_mb=512)
    webhook: FunctionSettings = FunctionSettings(timeout_seconds=10, memory_mb=512, reserved_concurrency=50)
    dispatch: FunctionSettings = FunctionSettings(timeout_seconds=120)
    poll: FunctionSettings = FunctionSettings(timeout_seconds=60, reserved_concurrency=100)
    finalize: FunctionSettings = FunctionSettings(timeout_seconds=600, memory_mb=512, reserved_concurrency=100)
    sweep: FunctionSettings = FunctionSettings(timeout_seconds=55, reserved_concurrency=5)
    announce: FunctionSettings = FunctionSettings(timeout_seconds=55)
    deliver: FunctionSettings = FunctionSettings(timeout_seconds=60)
    signing_key: FunctionSettings = FunctionSettings(timeout_seconds=60)


@dataclass(frozen=True, slots=True)
class RetrySettings:
    """A retry of the state machine: waits grow from the interval by doubling, never above the longest."""

    interval_seconds: int
    max_attempts: int
    max_delay_seconds: int


@dataclass(frozen=True, slots=True)
class WorkflowSettings:
    """Waits of the state machine. The last rung of the ladder repeats until the provider's deadline.

    The first rung is longer than nearly every task takes: a callback then costs two transitions, which are half of what
    a job costs at AWS, and a lost one delays its job until that rung ends.
    """

    poll_ladder_seconds: tuple[int, ...] = (300, 300, 600, 1200, 1800)
    park_retry: RetrySettings = RetrySettings(interval_seconds=1, max_attempts=3, max_delay_seconds=10)
    poll_retry: RetrySettings = RetrySettings(interval_seconds=2, max_attempts=3, max_delay_seconds=30)
    finalize_retry: RetrySettings = RetrySettings(interval_seconds=15, max_attempts=10, max_delay_seconds=900)
    deadline_seconds: int = 3 * 86_400


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """Guards against cost and overload."""

    table_max_units: int = 4_000
    api_requests_per_second: int = 100
    api_burst: int = 200
    dispatch_batch: int = 5
    dispatch_max_concurrency: int = 5
    deliver_max_concurrency: int = 10
    events_archive_days: int = 30


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """What the functions read from their environment; the names there are these in capitals.

    Empty `result_hosts`: results may come from any public https host that passes the guard, as Kling documents no list.
    Empty `otlp_endpoint`: traces go to X-Ray.
    """

    kling_accounts: tuple[str, ...] = ("main",)
    kling_base_url: str = "https://api-singapore.klingai.com"
    result_hosts: tuple[str, ...] = ()
    lane_slots: int = 5
    lane_requests_per_minute: int = 0
    submit_lease_seconds: int = 180
    slot_lease_seconds: int = 300
    quiet_seconds: int = 60
    watch_seconds: int = 300
    hint_repair_seconds: int = 60
    finalize_lease_seconds: int = 660
    provider_deadline_seconds: int = 86_400
    delivery_deadline_seconds: int = 86_400
    max_attempts: int = 1
    max_result_bytes: int = 2 * 1024**3
    idempotency_hours: int = 24
    media_link_seconds: int = 3_600
    kling_credit_minutes: int = 5
    webhook_timeout_seconds: int = 15
    webhook_lease_seconds: int = 90
    webhook_disable_days: int = 5
    webhook_secret_overlap_hours: int = 24
    log_level: str = "INFO"
    tracing: bool = False
    otlp_endpoint: str = ""


@dataclass(frozen=True, slots=True)
class AlarmSettings:
    """When alarms ring. A share says nothing of a handful: below `fewest_*` of a period it counts as good."""

    oldest_waiting_seconds: int = 900
    outbox_age_seconds: int = 300
    api_errors_percent: int = 1
    fewest_requests: int = 20
    success_percent: int = 90
    fewest_jobs: int = 5
    fewest_calls: int = 3
    monthly_budget_usd: int = 100
    burn_percent: int = 300
    credit_low_units: int = 50
    runbooks: str = "docs/runbooks/"


@dataclass(frozen=True, slots=True)
class GuardSettings:
    """What keeps strangers out, and what is stored sealed.

    Rates are requests of one address within five minutes. `web_acl_arn` names an ACL of the owner's instead of ours.
    Reserved concurrency comes out of the account's quota: new accounts have ten.
    """

    waf: bool = False
    web_acl_arn: str = ""
    requests_per_address: int = 30_000
    callbacks_per_address: int = 3_000
    domain: str = ""
    certificate_arn: str = ""
    own_key: bool = False
    reserve_concurrency: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """One stage. `target` names the folder of tools/build whose packages the functions are made of."""

    stage: str
    target: str = "lambda"
    python_runtime: str = "python3.13"
    architecture: str = "arm64"
    keep_data: bool = False
    empty_bucket_on_destroy: bool = False
    addresses_are_parameters: bool = False
    log_retention_days: int = 30
    owner: str = "media-platform"
    cost_centre: str = "video"
    functions: FunctionsSettings = field(default_factory=FunctionsSettings)
    workflow: WorkflowSettings = field(default_factory=WorkflowSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    pipeline: PipelineSettings = field(default_factory=PipelineSettings)
    alarms: AlarmSettings = field(default_factory=AlarmSettings)
    guards: GuardSettings = field(default_factory=GuardSettings)
    signing_key_generations: tuple[int, ...] = (1,)
    alarm_email: str = ""
    permissions_boundary: str = ""

    @property
    def service(self) -> str:
        """What the stage's functions call themselves in metrics and logs, which all stages of an account share."""
        return f"{SERVICE}-{self.stage}"
