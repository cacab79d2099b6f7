"""The first event of each function, as its trigger sends it."""

import json
from typing import Any

from benchmarks._world import API_KEY, MODEL, TENANT, World

_VIDEO = {
    "type": "text_to_video",
    "model": MODEL,
    "prompt": "A paper boat crosses a rain puddle",
    "duration": 5,
    "mode": "pro",
    "aspect_ratio": "16:9",
}
_CALLBACK = {"task_id": "1", "task_status": "succeed", "task_status_msg": "", "created_at": 1, "updated_at": 2}


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


def events(world: World) -> dict[str, dict[str, Any]]:
    """Give each function's first event; those of the workers and tellers find nothing left to do."""
    who = {"authorizer": {"lambda": world.authorizer}}
    hint = json.dumps({"lane": f"{world.lane}-idle", "tenant": TENANT})
    execution = {"job": world.job_id, "attempt": 1}
    return {
        "plain": http("POST", "/v1/videos", _VIDEO, headers={"idempotency-key": "bench-1"}),
        "authorizer": http("GET", "/v1/videos", headers={"authorization": f"Bearer {API_KEY}"}),
        "submit": http("POST", "/v1/videos", _VIDEO, headers={"idempotency-key": "bench-1"}, context=who),
        "query": http("GET", f"/v1/videos/{world.job_id}", context=who),
        "endpoints": http("GET", "/v1/webhooks", context=who),
        "webhook": http("POST", f"/webhooks/kling/{world.capability}", _CALLBACK),
        "dispatch": {"Records": [_message(hint)]},
        "poll": execution,
        "finalize": execution,
        "sweep": {},
        "announce": {"repair": True},
        "deliver": {"Records": [_message(json.dumps({"endpoint": "whe_none", "delivery": "dlv_none"}))]},
    }


def _message(body: str) -> dict[str, Any]:
    return {
        "messageId": "00000000-0000-4000-8000-000000000000",
        "receiptHandle": "bench",
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:bench",
        "awsRegion": "us-east-1",
    }
