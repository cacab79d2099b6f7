"""The calls about videos, declared with types for Powertools to read. What answers at run time is in `functions/`."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Header, Query

from reelwright.api.paging import DEFAULT_LIMIT, MAX_LIMIT
from tools.openapi import examples, schemas
from tools.openapi.account_schemas import Estimate
from tools.openapi.declare import ETAG, KEY, LOCATION, REPLAYED, RETRY, IdempotencyKey, Request, VideoId, app, ok
from tools.openapi.problems import responses


@app.post(
    "/v1/videos",
    summary="Ask for a video",
    operation_id="submitVideo",
    tags=["videos"],
    security=KEY,
    responses=ok(
        schemas.Video,
        "Accepted: the job, its cost held.",
        status=202,
        headers={"Location": LOCATION, "Retry-After": RETRY, "Idempotent-Replayed": REPLAYED},
        shown={"queued": {"value": examples.QUEUED}},
    )
    | responses(400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 503),
)
def submit_video(body: Request, key: IdempotencyKey = None) -> None:
    """Declared only."""


@app.post(
    "/v1/estimates",
    summary="What a video would cost",
    operation_id="estimateVideo",
    tags=["videos"],
    security=KEY,
    responses=ok(Estimate, "The cost; nothing is created.", shown={"estimate": {"value": examples.ESTIMATE}})
    | responses(400, 401, 403, 413, 415, 422, 503),
)
def estimate_video(body: Request) -> None:
    """Declared only."""


@app.post(
    "/v1/videos/<video_id>/cancel",
    summary="Cancel a queued video",
    description="Once submitted a video cannot be canceled: Kling has no cancel and bills anyway.",
    operation_id="cancelVideo",
    tags=["videos"],
    security=KEY,
    responses=ok(schemas.Video, "Canceled, its hold released.") | responses(401, 403, 404, 409, 503),
)
def cancel_video(video_id: VideoId) -> None:
    """Declared only."""


@app.get(
    "/v1/videos",
    summary="Your videos, newest first",
    operation_id="listVideos",
    tags=["videos"],
    security=KEY,
    responses=ok(schemas.VideoPage, "A page.") | responses(400, 401, 403, 503),
)
def list_videos(
    status: Annotated[schemas.State | None, Query(description="Only videos in this state.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Videos a page.")] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
) -> None:
    """Declared only."""


@app.get(
    "/v1/videos/<video_id>",
    summary="One video",
    operation_id="getVideo",
    tags=["videos"],
    security=KEY,
    responses=ok(
        schemas.Video,
        "The video with fresh links.",
        headers={"ETag": ETAG, "Retry-After": RETRY},
        shown=examples.VIDEOS,
    )
    | {
        304: {
            "description": "Unchanged, links included.",
            "headers": {"ETag": ETAG, "Retry-After": RETRY},
            "content": {},
        }
    }
    | responses(401, 403, 404, 503),
)
def get_video(
    video_id: VideoId,
    known: Annotated[str | None, Header(alias="If-None-Match", description="The ETag of the copy you have.")] = None,
) -> None:
    """Declared only."""
