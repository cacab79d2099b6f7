"""Calls that read: videos, models, usage, and the API's own description."""

from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.api.answers import answer, not_modified
from reelwright.api.auth import caller
from reelwright.api.description import openapi
from reelwright.api.etag import etag, matches
from reelwright.api.identifiers import cursor
from reelwright.api.identifiers import video_id as checked
from reelwright.api.links import Links
from reelwright.api.paging import paging
from reelwright.api.resolver import resolver
from reelwright.api.retry import retry_after
from reelwright.api.routes import READ
from reelwright.api.views import usage, video
from reelwright.composition import query as parts
from reelwright.domain.catalogue import describe
from reelwright.observability import logger, metrics
from reelwright.tracing import traced

app = resolver()
HERE = Path(__file__).resolve().parent


@app.get("/v1/videos")
def list_videos() -> Response[Any]:
    """The caller's videos, newest first, and where the next page starts."""
    who = caller(app.current_event.raw_event, READ)
    asked = paging(app.current_event.query_string_parameters)
    page = parts.query_videos().page(who.tenant, asked.status, asked.limit, asked.before_rank)
    following = cursor(page.next_rank) if page.next_rank else None
    return answer({"videos": [video(job, wish) for job, wish in page.jobs], "next": following})


@app.get("/v1/videos/<video_id>")
def get_video(video_id: str) -> Response[Any]:
    """One video with fresh links; 304 while the client's copy and its links are good."""
    who, use_case = caller(app.current_event.raw_event, READ), parts.query_videos()
    job, wish = use_case.get(who.tenant, checked(video_id))
    now_ms = use_case.clock.now_ms()
    links = Links(parts.links(), parts.settings().media_link_seconds, now_ms)
    tag, waits = etag(job, links), retry_after(job, now_ms)
    if matches(app.current_event.headers.get("if-none-match"), tag):
        return not_modified(tag, waits)
    return answer(video(job, wish, links), headers={"ETag": tag} | waits)


@app.get("/v1/models")
def list_models() -> Response[Any]:
    """The catalogue."""
    caller(app.current_event.raw_event, READ)
    return answer({"models": describe()})


@app.get("/v1/usage")
def get_usage() -> Response[Any]:
    """This month's budget and what is left of it."""
    who = caller(app.current_event.raw_event, READ)
    return answer(usage(parts.query_videos().usage(who.tenant)))


@app.get("/health")
def health() -> Response[Any]:
    """The function runs; nothing behind it is asked."""
    return answer({"status": "ok"})


@app.get("/v1/openapi.json")
def description() -> Response[Any]:
    """The API's description."""
    return answer(openapi(HERE), headers={"Cache-Control": "public, max-age=300"})


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True, correlation_id_path="requestContext.requestId")
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one HTTP request."""
    return app.resolve(event, context)
