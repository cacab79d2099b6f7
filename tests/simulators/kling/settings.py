"""What can be set about one simulated Kling endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

RenderMode = Literal["real", "tiny"]
THIRTY_DAYS_SECONDS = 30 * 86_400

ACCESS_KEY = "simulated-access-key"
SECRET_KEY = "simulated-secret-key-long-enough-for-hs256"


@dataclass(frozen=True)
class Settings:
    """One simulated endpoint; the defaults are a small prepaid account without signing or request limit.

    `accounts` maps access keys to secret keys, `api_keys` maps static bearer keys to access keys.
    `time_scale` divides every rendering time; `link_ttl_seconds` is how long a result link lives after the look-up
    that returned it, never longer than 30 days after the task ended (Kling API contract, retention).
    """

    accounts: Mapping[str, str] = field(default_factory=lambda: {ACCESS_KEY: SECRET_KEY})
    api_keys: Mapping[str, str] = field(default_factory=dict)
    concurrency: int = 5
    concurrency_by_model: Mapping[str, int] = field(default_factory=dict)
    requests_per_second: int | None = None
    pack_units: Decimal = Decimal(60_000)
    webhook_secrets: tuple[str, ...] = ()
    callback_delay_ms: int = 0
    callback_timeout_seconds: float = 10.0
    time_scale: float = 1.0
    seed: int = 0
    failure_rate: float = 0.0
    link_ttl_seconds: int = THIRTY_DAYS_SECONDS
    render: RenderMode = "real"
