"""Events as the HTTP API hands them to functions."""

import json
from collections.abc import Mapping
from typing import Any

AUTHORIZED = {"lambda": {"tenant": "acme", "key_id": "k1", "scopes": "videos:read videos:write"}}


def http_event(path: str, body: bytes, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A POST, payload version 2."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", **(headers or {})},
        "requestContext": {
            "http": {"method": "POST", "path": path, "sourceIp": "203.0.113.9"},
            "stage": "$default",
            "requestId": "r",
            "authorizer": AUTHORIZED,
        },
        "body": body.decode(),
        "isBase64Encoded": False,
    }


def submit_event(body: Mapping[str, object], key: str) -> dict[str, Any]:
    """POST /v1/videos."""
    return http_event("/v1/videos", json.dumps(body).encode(), {"idempotency-key": key})


def cancel_event(job_id: str) -> dict[str, Any]:
    """POST /v1/videos/{id}/cancel."""
    return http_event(f"/v1/videos/{job_id}/cancel", b"{}")
