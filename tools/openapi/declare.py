"""What the declarations of calls share: the router that reads them, common parameters and headers."""

from typing import Annotated, Any, Final

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Path

from reelwright.api.video_request import VideoRequest
from tools.openapi import examples

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
LOCATION: Final = {"description": "Where the video lives.", "schema": {"type": "string"}}
RETRY: Final = {
    "description": "Seconds to wait before looking again; absent once nothing changes.",
    "schema": {"type": "integer"},
}
REPLAYED: Final = {"description": "`true` when this answer was given before.", "schema": {"type": "string"}}
ETAG: Final = {"description": "Send it as If-None-Match; 304 costs nothing.", "schema": {"type": "string"}}


def ok(model: Any, description: str, *, status: int = 200, headers: Any = None, shown: Any = None) -> dict[int, Any]:
    """The description of a good answer."""
    content: dict[str, Any] = {"model": model} | ({"examples": shown} if shown else {})
    return {status: {"description": description, "headers": headers or {}, "content": {"application/json": content}}}
