"""The calls about videos, declared with types for Powertools to read. What answers at run time is in `functions/`."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Header, Query

from reelwright.api.paging import DEFAULT_LIMIT
from tools.openapi import examples, schemas
from tools.openapi.account_schemas import Estimate
from tools.openapi.declare import (
    ETAG,
    LOCATION,
    REPLAYED,
    RETRY,
    Cursor,
    IdempotencyKey,
    Limit,
    Request,
    VideoId,
    empty,
    ok,
    videos,
)


@videos(
    "POST /v1/videos",
    "submitVideo",
    "Ask for a video",
    good=ok(
        schemas.Video,
        "Accepted: the job, its cost held.",
        status=202,
        headers={"Location": LOCATION, "Retry-After": RETRY, "Idempotent-Replayed": REPLAYED},
        shown={"queued": {"value": examples.QUEUED}},
    ),
    refusals=(400, 402, 404, 409, 413, 415, 422, 429, 503),
)
def submit_video(body: Request, key: IdempotencyKey = None) -> None:
    """Declared only."""


@videos(
    "POST /v1/estimates",
    "estimateVideo",
    "What a video would cost",
    good=ok(Estimate, "The cost; nothing is created.", shown={"estimate": {"value": examples.ESTIMATE}}),
    refusals=(400, 413, 415, 422, 503),
)
def estimate_video(body: Request) -> None:
    """Declared only."""


@videos(
    "POST /v1/videos/<video_id>/cancel",
    "cancelVideo",
    "Cancel a queued video",
    description="Once submitted a video cannot be canceled: Kling has no cancel and bills anyway.",
    good=ok(schemas.Video, "Canceled, its hold released."),
    refusals=(404, 409, 503),
)
def cancel_video(video_id: VideoId) -> None:
    """Declared only."""


@videos(
    "GET /v1/videos",
    "listVideos",
    "Your videos, newest first",
    good=ok(schemas.VideoPage, "A page."),
    refusals=(400, 503),
)
def list_videos(
    status: Annotated[schemas.State | None, Query(description="Only videos in this state.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> None:
    """Declared only."""


@videos(
    "GET /v1/videos/<video_id>",
    "getVideo",
    "One video",
    good=ok(
        schemas.Video,
        "The video with fresh links.",
        headers={"ETag": ETAG, "Retry-After": RETRY},
        shown=examples.VIDEOS,
    )
    | empty(304, "Unchanged, links included.", {"ETag": ETAG, "Retry-After": RETRY}),
    refusals=(404, 503),
)
def get_video(
    video_id: VideoId,
    known: Annotated[str | None, Header(alias="If-None-Match", description="The ETag of the copy you have.")] = None,
) -> None:
    """Declared only."""
