"""What each function is told by its environment. Units stand in the names; the template is held against these."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuthorizerSettings:
    """The authorizer's."""

    table_name: str


@dataclass(frozen=True, slots=True)
class SubmitSettings:
    """Submit's."""

    table_name: str
    hints_queue_url: str
    media_bucket: str
    kling_accounts: tuple[str, ...]
    hint_repair_seconds: int
    idempotency_hours: int


@dataclass(frozen=True, slots=True)
class QuerySettings:
    """Query's. Secrets and ids of the keys that sign media links go together, oldest generation first."""

    table_name: str
    media_base_url: str
    media_secret_arns: tuple[str, ...]
    media_key_pair_ids: tuple[str, ...]
    media_link_seconds: int


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Webhook's."""

    table_name: str
    callbacks_secret_arn: str
    state_machine_arn: str


@dataclass(frozen=True, slots=True)
class EndpointsSettings:
    """What the calls about webhooks are told."""

    table_name: str
    deliveries_queue_url: str
    webhooks_secret_arn: str
    allow_http_hosts: tuple[str, ...]
    webhook_secret_overlap_hours: int


@dataclass(frozen=True, slots=True)
class DispatchSettings:
    """Dispatch's. An empty `callback_base_url` means that Kling cannot reach us: polling only."""

    table_name: str
    hints_queue_url: str
    state_machine_arn: str
    media_bucket: str
    kling_base_url: str
    kling_secret_arn: str
    callbacks_secret_arn: str
    callback_base_url: str
    kling_accounts: tuple[str, ...]
    lane_slots: int
    lane_requests_per_minute: int
    submit_lease_seconds: int
    slot_lease_seconds: int
    quiet_seconds: int
    watch_seconds: int
    provider_deadline_seconds: int


@dataclass(frozen=True, slots=True)
class PollSettings:
    """Poll's."""

    table_name: str
    hints_queue_url: str
    kling_base_url: str
    kling_secret_arn: str


@dataclass(frozen=True, slots=True)
class FinalizeSettings:
    """Finalize's."""

    table_name: str
    hints_queue_url: str
    media_bucket: str
    kling_base_url: str
    kling_secret_arn: str
    finalize_lease_seconds: int
    watch_seconds: int
    delivery_deadline_seconds: int
    max_attempts: int
    max_result_bytes: int
    result_hosts: tuple[str, ...]
    allow_http_hosts: tuple[str, ...]
    ffmpeg_path: str


@dataclass(frozen=True, slots=True)
class AnnounceSettings:
    """Announce's."""

    table_name: str
    event_bus_name: str
    deliveries_queue_url: str


@dataclass(frozen=True, slots=True)
class DeliverSettings:
    """Deliver's. The lease must outlive the function."""

    table_name: str
    deliveries_queue_url: str
    webhooks_secret_arn: str
    allow_http_hosts: tuple[str, ...]
    webhook_timeout_seconds: int
    webhook_lease_seconds: int
    webhook_disable_days: int


@dataclass(frozen=True, slots=True)
class SweepSettings:
    """Sweep's."""

    table_name: str
    hints_queue_url: str
    state_machine_arn: str
    kling_accounts: tuple[str, ...]
    lane_slots: int
    lane_requests_per_minute: int
    hint_repair_seconds: int
    slot_lease_seconds: int
    watch_seconds: int
    kling_base_url: str
    kling_secret_arn: str
    kling_credit_minutes: int
