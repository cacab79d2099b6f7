"""The shapes of answers about webhooks, and of the messages that they carry."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from reelwright.api.webhook_requests import EventName
from tools.openapi.schemas import Amount, Time

_STRICT = ConfigDict(extra="forbid")
AnyEventName = Literal["video.succeeded", "video.failed", "video.canceled", "video.expired", "webhook.test"]
Outcome = Literal["delivered", "rejected", "redirected", "gone", "refused_address", "unreachable", "timeout"]


class WebhookSecretFacts(BaseModel):
    """A secret that signs: everything about it but itself. Without `expires_at` it signs until it is replaced."""

    model_config = _STRICT
    number: int
    created_at: Time
    expires_at: Time | None


class Webhook(BaseModel):
    """An endpoint of yours. No `events` means all; `disabled_reason` and `failing_since` are null while all is well."""

    model_config = _STRICT
    id: str
    url: str
    events: list[EventName]
    description: str
    status: Literal["enabled", "disabled"]
    disabled_reason: Literal["gone", "failing", "by_tenant"] | None
    failing_since: Time | None
    created_at: Time
    secrets: list[WebhookSecretFacts]


class WebhookWithSecret(Webhook):
    """The endpoint with its newest secret, which is shown this once only."""

    secret: Annotated[str, StringConstraints(pattern=r"^whsec_[A-Za-z0-9+/]{43}=$")]


class Webhooks(BaseModel):
    """All of your endpoints, oldest first."""

    model_config = _STRICT
    webhooks: list[Webhook]


class VideoEnd(BaseModel):
    """How a video ended, and the units that were captured for it. Ask for the video itself to get its links."""

    model_config = _STRICT
    id: str
    status: Literal["succeeded", "failed", "canceled", "expired"]
    model: str
    units: Amount
    error: Annotated[str, Field(description="The `code` of the video's error; absent without one.")] = ""


class VideoMessage(BaseModel):
    """The body of a message about a video. `schema_version` grows only when a field changes its meaning or goes."""

    model_config = _STRICT
    type: EventName
    timestamp: Time
    schema_version: Literal[1]
    data: VideoEnd


class TestSubject(BaseModel):
    """The endpoint that is tested."""

    model_config = _STRICT
    id: str


class TestMessage(BaseModel):
    """The body of a test message."""

    model_config = _STRICT
    type: Literal["webhook.test"]
    timestamp: Time
    schema_version: Literal[1]
    data: TestSubject


class DeliveryAttempt(BaseModel):
    """One try: `status` is what your server answered, null when it did not; `duration_ms` is how long it took."""

    model_config = _STRICT
    at: Time
    outcome: Outcome
    status: int | None
    duration_ms: int


class Delivery(BaseModel):
    """One message for one endpoint. `event_id` is its `webhook-id`, the same at every attempt and replay."""

    model_config = _STRICT
    id: str
    event_id: str
    type: AnyEventName
    status: Literal["pending", "delivered", "failed", "abandoned"]
    created_at: Time
    next_attempt_at: Time | None
    attempts: list[DeliveryAttempt]
    message: VideoMessage | TestMessage


class DeliveryPage(BaseModel):
    """A page of deliveries, newest first; `next` is the cursor of the following page, null on the last."""

    model_config = _STRICT
    deliveries: list[Delivery]
    next: str | None
