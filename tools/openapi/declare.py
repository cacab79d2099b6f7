"""What the declarations of calls share: the router that reads them, common parameters and headers."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Path, Query

from reelwright.api.paging import MAX_LIMIT
from reelwright.api.video_request import VideoRequest
from tools.openapi import examples
from tools.openapi.problems import responses

app: Final = APIGatewayHttpResolver(enable_validation=False)
KEY: Final[list[dict[str, list[str]]]] = [{"bearer": []}, {"apiKey": []}]
VideoId = Annotated[str, Path(description="The video's id.")]
Request = Annotated[VideoRequest, Body(openapi_examples=examples.REQUESTS)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key and body within 24 hours give the first answer again and create nothing.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Entries a page.")]
Cursor = Annotated[str | None, Query(description="`next` of the page before.")]
LOCATION: Final = {"description": "Where it lives.", "schema": {"type": "string"}}
RETRY: Final = {
    "description": "Seconds to wait before looking again; absent once nothing changes.",
    "schema": {"type": "integer"},
}
REPLAYED: Final = {"description": "`true` when this answer was given before.", "schema": {"type": "string"}}
ETAG: Final = {"description": "Send it as If-None-Match; 304 costs nothing.", "schema": {"type": "string"}}


def call(  # noqa: PLR0913 - one parameter for each thing that a call says of itself
    route: str,
    operation_id: str,
    summary: str,
    *,
    tag: str,
    good: dict[int, Any],
    refusals: tuple[int, ...] = (),
    description: str | None = None,
    key: bool = True,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare the function below as the call `route` ("GET /v1/models").

    With a key it can also be 401, and 403 unless it is a GET: the suspended may look.
    """
    method, path = route.split()
    closed = (401,) if method == "GET" else (401, 403)
    every = sorted({*refusals, *(closed if key else ())})
    return app.route(
        path,
        method,
        summary=summary,
        description=description,
        operation_id=operation_id,
        tags=[tag],
        security=KEY if key else None,
        responses=good | responses(*every),
    )


videos: Final = partial(call, tag="videos")
account: Final = partial(call, tag="account")
service: Final = partial(call, tag="service", key=False)
webhooks: Final = partial(call, tag="webhooks")


def ok(model: Any, description: str, *, status: int = 200, headers: Any = None, shown: Any = None) -> dict[int, Any]:
    """The description of a good answer."""
    content: dict[str, Any] = {"model": model} | ({"examples": shown} if shown else {})
    return {status: {"description": description, "headers": headers or {}, "content": {"application/json": content}}}


def empty(status: int, description: str, headers: Any = None) -> dict[int, Any]:
    """The description of a good answer without a body."""
    return {status: {"description": description, "headers": headers or {}, "content": {}}}
