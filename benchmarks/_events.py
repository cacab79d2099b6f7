"""The first event of each function, as its trigger sends it."""

import json
from typing import Any

TABLE = "bench"
_VIDEO = {
    "type": "text_to_video",
    "model": "kling-v2-5-turbo",
    "prompt": "A paper boat crosses a rain puddle",
    "duration": 5,
    "mode": "pro",
    "aspect_ratio": "16:9",
}


def http(method: str, path: str, body: object = None, **fields: Any) -> dict[str, Any]:
    """Give an event of an HTTP API, payload format 2.0."""
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "accept": "application/json", **fields.pop("headers", {})},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "bench",
            "domainName": "api.example.com",
            "domainPrefix": "api",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "b"},
            "requestId": "bench",
            "routeKey": f"{method} {path}",
            "stage": "$default",
            "time": "01/Jan/2026:00:00:00 +0000",
            "timeEpoch": 1_767_225_600_000,
            **fields.pop("context", {}),
        },
        "isBase64Encoded": False,
        **({"body": json.dumps(body)} if body is not None else {}),
        **fields,
    }


PLAIN = http("POST", "/v1/videos", _VIDEO, headers={"idempotency-key": "bench-1"})
PLAIN_ENVIRONMENT = {"TABLE_NAME": TABLE, "QUEUE_URL": "{endpoint}/123456789012/bench"}
EVENTS: dict[str, dict[str, Any]] = {}
ENVIRONMENTS: dict[str, dict[str, str]] = {}
