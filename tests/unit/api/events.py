"""HTTP API events, payload version 2, as API Gateway sends them."""

import json
from types import SimpleNamespace
from typing import Any, cast

from aws_lambda_powertools.utilities.typing import LambdaContext

CONTEXT = cast(
    "LambdaContext",
    SimpleNamespace(
        function_name="function",
        memory_limit_in_mb=512,
        invoked_function_arn="arn:aws:lambda:eu-west-1:1:function:f",
        aws_request_id="request-1",
    ),
)
ALL_SCOPES = "videos:read videos:write webhooks:read webhooks:write"


def event(  # noqa: PLR0913 - everything that a request can differ in
    method: str,
    path: str,
    body: object = None,
    *,
    tenant: str | None = "acme",
    scopes: str = ALL_SCOPES,
    headers: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    encoded: bool = False,
) -> dict[str, Any]:
    """One request; `body` that is no text is sent as JSON, `tenant=None` sends no good key."""
    text = body if isinstance(body, str) or body is None else json.dumps(body)
    context = {"tenant": tenant or "", "key_id": "key_1" if tenant else "", "scopes": scopes if tenant else ""}
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json"} | (headers or {}),
        "queryStringParameters": query or {},
        "requestContext": {
            "stage": "$default",
            "requestId": "request-1",
            "http": {"method": method, "path": path},
            "authorizer": {"lambda": context},
        },
        "body": text,
        "isBase64Encoded": encoded,
    }
