"""The shapes of answers. The functions render them by hand, for speed; tests hold what they render against these."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_STRICT = ConfigDict(extra="forbid")
Amount = Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
Time = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Kind = Literal["text_to_video", "image_to_video"]
State = Literal["queued", "submitting", "generating", "finalizing", "succeeded", "failed", "canceled", "expired"]


class Money(BaseModel):
    """An amount in Kling's video units and at list price in US dollars, as decimal strings."""

    model_config = _STRICT
    units: Amount
    usd: Amount


class Costs(BaseModel):
    """What a video was expected to cost, what is held for it now, and what Kling charged (null until it ended)."""

    model_config = _STRICT
    estimated: Money
    held: Money
    captured: Money | None


class VideoFacts(BaseModel):
    """What the file itself says; `duration` is in seconds."""

    model_config = _STRICT
    codec: str
    width: int
    height: int
    duration: Amount
    frames: int


class Asset(BaseModel):
    """A file of the video. Links are signed afresh at each call, and are null in lists."""

    model_config = _STRICT
    kind: str
    url: str | None
    expires_at: Time | None
    content_type: str
    size: int
    sha256: str
    video: VideoFacts | None


class ProviderWord(BaseModel):
    """The provider's own error code and request id, empty where it gave none."""

    model_config = _STRICT
    code: str
    request_id: str


class JobError(BaseModel):
    """Why a video ended badly."""

    model_config = _STRICT
    code: str
    message: str
    retryable: bool
    provider: ProviderWord


class Attempt(BaseModel):
    """One submission to the provider."""

    model_config = _STRICT
    number: int
    provider: str
    status: Literal["claimed", "unknown", "accepted", "refused", "succeeded", "failed", "lost"]
    started_at: Time
    accepted_at: Time | None
    ended_at: Time | None
    task_id: str | None
    request_id: str | None
    charged: Money | None


class Video(BaseModel):
    """A video: asked for, on its way, or finished."""

    model_config = _STRICT
    id: str
    type: Kind
    model: str
    status: State
    created_at: Time
    updated_at: Time
    finished_at: Time | None
    expected_at: Time | None
    cost: Costs
    assets: list[Asset]
    error: JobError | None
    attempts: list[Attempt]
    metadata: dict[str, str]


class VideoPage(BaseModel):
    """A page of videos, newest first; `next` is the cursor of the following page, null on the last."""

    model_config = _STRICT
    videos: list[Video]
    next: str | None
