"""The environment of each function: only what it uses, under the names that the library's settings read."""

from dataclasses import dataclass

from infra.settings import Settings

_COMMON = ("STAGE", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL", "TRACING")
_WORK = ("TABLE_NAME", "HINTS_QUEUE_URL")
_KLING = ("KLING_BASE_URL", "KLING_SECRET_ARN")

NAMES: dict[str, tuple[str, ...]] = {
    "authorizer": ("TABLE_NAME",),
    "submit": (*_WORK, "MEDIA_BUCKET", "KLING_ACCOUNTS", "HINT_REPAIR_SECONDS", "IDEMPOTENCY_HOURS"),
    "query": ("TABLE_NAME", "MEDIA_BASE_URL", "MEDIA_SECRET_ARNS", "MEDIA_KEY_PAIR_IDS", "MEDIA_LINK_SECONDS"),
    "webhook": ("TABLE_NAME", "STATE_MACHINE_ARN", "CALLBACKS_SECRET_ARN"),
    "endpoints": (
        *("TABLE_NAME", "DELIVERIES_QUEUE_URL", "WEBHOOKS_SECRET_ARN", "ALLOW_HTTP_HOSTS"),
        "WEBHOOK_SECRET_OVERLAP_HOURS",
    ),
    "dispatch": (
        *(*_WORK, *_KLING, "STATE_MACHINE_ARN", "MEDIA_BUCKET", "CALLBACKS_SECRET_ARN", "CALLBACK_BASE_URL"),
        *(
            "KLING_ACCOUNTS",
            "LANE_SLOTS",
            "LANE_REQUESTS_PER_MINUTE",
            "SUBMIT_LEASE_SECONDS",
            "SLOT_LEASE_SECONDS",
            "QUIET_SECONDS",
            "WATCH_SECONDS",
        ),
        "PROVIDER_DEADLINE_SECONDS",
    ),
    "poll": (*_WORK, *_KLING),
    "finalize": (
        *(*_WORK, *_KLING, "MEDIA_BUCKET", "FINALIZE_LEASE_SECONDS", "WATCH_SECONDS", "DELIVERY_DEADLINE_SECONDS"),
        *("MAX_ATTEMPTS", "MAX_RESULT_BYTES", "RESULT_HOSTS", "ALLOW_HTTP_HOSTS", "FFMPEG_PATH"),
    ),
    "sweep": (
        *_WORK,
        "STATE_MACHINE_ARN",
        "KLING_ACCOUNTS",
        "LANE_SLOTS",
        "LANE_REQUESTS_PER_MINUTE",
        "HINT_REPAIR_SECONDS",
        "SLOT_LEASE_SECONDS",
        "WATCH_SECONDS",
        *_KLING,
        "KLING_CREDIT_MINUTES",
    ),
    "announce": ("TABLE_NAME", "EVENT_BUS_NAME", "DELIVERIES_QUEUE_URL"),
    "deliver": (
        *("TABLE_NAME", "DELIVERIES_QUEUE_URL", "WEBHOOKS_SECRET_ARN", "ALLOW_HTTP_HOSTS", "WEBHOOK_TIMEOUT_SECONDS"),
        *("WEBHOOK_LEASE_SECONDS", "WEBHOOK_DISABLE_DAYS"),
    ),
}

OPERATOR = (
    *("KLING_BASE_URL", "KLING_ACCOUNTS", "LANE_SLOTS", "LANE_REQUESTS_PER_MINUTE", "HINT_REPAIR_SECONDS"),
    *("SLOT_LEASE_SECONDS", "WATCH_SECONDS", "MEDIA_LINK_SECONDS"),
    "WEBHOOK_SECRET_OVERLAP_HOURS",
)
"""Settings that the operator's command line shares with the functions; addresses are outputs of their own."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Names, ARNs and addresses that are known only when the stacks stand."""

    table_name: str
    hints_queue_url: str
    media_bucket: str
    media_base_url: str
    media_secret_arns: str
    media_key_pair_ids: str
    kling_base_url: str
    kling_secret_arn: str
    callbacks_secret_arn: str
    webhooks_secret_arn: str
    deliveries_queue_url: str
    event_bus_name: str
    callback_base_url: str
    allow_http_hosts: str


class Environment:
    """Chooses the variables of a function from all that there are."""

    def __init__(self, settings: Settings, addresses: Addresses, *, state_machine_arn: str = "") -> None:
        self._values = {
            **_from_settings(settings),
            **{name.upper(): getattr(addresses, name) for name in Addresses.__dataclass_fields__},
            "STATE_MACHINE_ARN": state_machine_arn,
        }

    def of(self, function: str) -> dict[str, str]:
        """The variables of one function."""
        return {name: self._values[name] for name in (*_COMMON, *NAMES[function])}

    def of_operator(self) -> dict[str, str]:
        """What the command line must know beside the stacks' other outputs."""
        return {name: self._values[name] for name in OPERATOR}


def _from_settings(settings: Settings) -> dict[str, str]:
    pipeline = settings.pipeline
    numbers = {
        name.upper(): str(getattr(pipeline, name))
        for name in pipeline.__dataclass_fields__
        if isinstance(getattr(pipeline, name), int)
    }
    return {
        **numbers,
        "STAGE": settings.stage,
        "KLING_ACCOUNTS": ",".join(pipeline.kling_accounts),
        "POWERTOOLS_SERVICE_NAME": settings.service,
        "POWERTOOLS_LOG_LEVEL": pipeline.log_level,
        "TRACING": "otlp" if pipeline.tracing else "off",
        "RESULT_HOSTS": ",".join(pipeline.result_hosts),
        "FFMPEG_PATH": "/opt/bin/ffmpeg",
    }
