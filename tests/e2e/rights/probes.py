"""An event for each function that makes it use the statement that is taken away."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local import aws
from local.deployment import Deployment
from reelwright.adapters.kling.capability import CallbackCapabilities
from tests.e2e.orders import order
from tests.e2e.rights.day import IMAGE
from tests.unit.api.events import event

NO_JOB = f"job_{'0' * 26}"
ENDED = {"task_id": "1", "task_status": "succeed", "task_result": {"videos": []}}


@dataclass(frozen=True)
class Probe:
    """With the statement that allows `action` gone, `function` must meet a refusal on this event."""

    function: str
    action: str
    event: Callable[[Deployment, str], Any]
    on: str = ""
    """A part of the resource, where the action stands in more than one statement."""


def _said(method: str, path: str, body: object = None) -> Callable[[Deployment, str], Any]:
    """A request with a good key of the tenant's."""
    return lambda _deployment, tenant: event(method, path, body, tenant=tenant)


def _plain(told: object) -> Callable[[Deployment, str], Any]:
    return lambda _deployment, _tenant: told


def _key(_deployment: Deployment, _tenant: str) -> Any:
    return event("GET", "/v1/usage", headers={"x-api-key": f"rw_{'x' * 40}"})


def _callback(deployment: Deployment, _tenant: str) -> Any:
    secrets = aws.client(deployment.stack, "secretsmanager")
    told = secrets.get_secret_value(SecretId=deployment.outputs["CallbacksSecretArn"])["SecretString"]
    key = json.loads(told)["capability_key"]
    capability = CallbackCapabilities("http://x", lambda: key).address(f"{NO_JOB}-1").rpartition("/")[2]
    return event("POST", f"/webhooks/kling/{capability}", ENDED)


def _pair(deployment: Deployment, _tenant: str) -> Any:
    """What CloudFormation asks; nobody waits for the answer."""
    names = dict.fromkeys(("StackId", "RequestId", "LogicalResourceId"), "1")
    about = {"ResourceProperties": {"SecretArn": deployment.outputs["MediaSecretArns"].split(",")[-1]}}
    return {"RequestType": "Update", "ResponseURL": f"{deployment.base_url}/health", **names, **about}


def _message(body: str) -> Callable[[Deployment, str], Any]:
    record = {"messageId": "1", "receiptHandle": "1", "body": body, "attributes": {}, "messageAttributes": {}}
    arns = {"eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:us-east-1:1:q", "awsRegion": "us-east-1"}
    return _plain({"Records": [{**record, "md5OfBody": "", **arns}]})


_WITH_IMAGE = {
    "type": "image_to_video",
    "model": "kling-v2-6",
    "prompt": "run",
    "duration": 5,
    "image": base64.b64encode(IMAGE).decode(),
}
_WEBHOOK = {"url": "https://93.184.215.14/hooks"}
_STEP = _plain({"job": NO_JOB, "attempt": 1})

PROBES = (
    Probe("authorizer", "dynamodb:GetItem", _key),
    Probe("submit", "dynamodb:GetItem", _said("POST", "/v1/videos", order("no table"))),
    Probe("submit", "sqs:SendMessage", _said("POST", "/v1/videos", order("no queue"))),
    Probe("submit", "s3:PutObject", _said("POST", "/v1/videos", _WITH_IMAGE)),
    Probe("query", "dynamodb:GetItem", _said("GET", "/v1/usage")),
    Probe("query", "dynamodb:Query", _said("GET", "/v1/videos"), on="/index/by_tenant"),
    Probe("endpoints", "dynamodb:PutItem", _said("POST", "/v1/webhooks", _WEBHOOK)),
    Probe("webhook", "dynamodb:UpdateItem", _callback),
    Probe("dispatch", "dynamodb:GetItem", _message('{"lane": "main.kling-v2-6.video", "tenant": "t", "job": null}')),
    Probe("poll", "dynamodb:GetItem", _STEP),
    Probe("finalize", "dynamodb:GetItem", _STEP),
    Probe("sweep", "dynamodb:Query", _plain({}), on="/index/due"),
    Probe("sweep", "dynamodb:GetItem", _plain({"detail": {"name": f"{NO_JOB}-1"}})),
    Probe("announce", "dynamodb:Query", _plain({"repair": True}), on="/index/due"),
    Probe("deliver", "dynamodb:GetItem", _message('{"endpoint": "whe_0", "delivery": "dlv_0"}')),
    Probe("signing_key", "secretsmanager:GetSecretValue", _pair),
)
"""At least one for each function; the tenant's own rows are there."""
