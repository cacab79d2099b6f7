"""What makes each role's owner use the statement that is taken away."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from local import aws
from local.deployment import Deployment
from reelwright.adapters.kling.capability import CallbackCapabilities
from tests.e2e.orders import order
from tests.e2e.rights import services
from tests.e2e.rights.day import IMAGE
from tests.e2e.rights.means import invoke, renew
from tests.e2e.rights.owners import CLOCK, MACHINE
from tests.unit.api.events import event

NO_JOB = f"job_{'0' * 26}"
ENDED = {"task_id": "1", "task_status": "succeed", "task_result": {"videos": []}}


Act = Callable[[Deployment, str], object]
Event = Callable[[Deployment, str], Any]


@dataclass(frozen=True)
class Probe:
    """With the statement that allows `action` gone, `owner` must meet a refusal when this is done."""

    owner: str
    action: str
    act: Act
    on: str = ""
    """A part of the resource, where the action stands in more than one statement."""


def _call(function: str, action: str, event: Event, on: str = "") -> Probe:
    """Call the function with an event."""
    return Probe(function, action, lambda deployment, who: invoke(deployment, function, event(deployment, who)), on)


def _clock(function: str) -> tuple[Probe, ...]:
    """A schedule calls; what it may not call becomes a dead letter."""
    clock = CLOCK + function
    return (
        Probe(clock, "lambda:InvokeFunction", lambda deployment, _: services.fire(deployment, clock)),
        Probe(clock, "sqs:SendMessage", lambda deployment, _: services.mislead(deployment, clock)),
    )


def _failing(function: str) -> Probe:
    """What a function could not do is a dead letter."""
    return Probe(function, "sqs:SendMessage", lambda deployment, _: services.fail(deployment, function), "DeadLetters")


def _first(function: str, action: str, event: Event) -> Probe:
    """The first call after a start reads the secret."""

    def call(deployment: Deployment, tenant: str) -> object:
        renew(deployment, function)
        return invoke(deployment, function, event(deployment, tenant))

    return Probe(function, action, call)


def _try_webhook(deployment: Deployment, tenant: str) -> None:
    """A test message for a new endpoint."""
    made = invoke(deployment, "endpoints", _said("POST", "/v1/webhooks", _WEBHOOK)(deployment, tenant))
    path = f"/v1/webhooks/{json.loads(made['body'])['id']}/test"
    invoke(deployment, "endpoints", _said("POST", path)(deployment, tenant))


def _staging(deployment: Deployment, _tenant: str) -> None:
    services.stage_results(deployment)


def _nothing(_deployment: Deployment, _tenant: str) -> None:
    """Lambda looks by itself, all the time."""


def _execution(deployment: Deployment, _tenant: str) -> None:
    services.execute(deployment, NO_JOB)


def _logs(deployment: Deployment, _tenant: str) -> None:
    services.deliver_logs(deployment)


def _said(method: str, path: str, body: object = None) -> Event:
    """A request with a good key of the tenant's."""
    return lambda _deployment, tenant: event(method, path, body, tenant=tenant)


def _plain(told: object) -> Event:
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


def _message(body: str) -> Event:
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

_CALLS = (
    _call("authorizer", "dynamodb:GetItem", _key),
    _call("submit", "dynamodb:GetItem", _said("POST", "/v1/videos", order("no table"))),
    _call("submit", "sqs:SendMessage", _said("POST", "/v1/videos", order("no queue"))),
    _call("submit", "s3:PutObject", _said("POST", "/v1/videos", _WITH_IMAGE)),
    _call("query", "dynamodb:GetItem", _said("GET", "/v1/usage")),
    _call("query", "dynamodb:Query", _said("GET", "/v1/videos"), on="/index/by_tenant"),
    _call("endpoints", "dynamodb:PutItem", _said("POST", "/v1/webhooks", _WEBHOOK)),
    _call("webhook", "dynamodb:UpdateItem", _callback),
    _call("dispatch", "dynamodb:GetItem", _message('{"lane": "main.kling-v2-6.video", "tenant": "t", "job": null}')),
    _call("dispatch", "dynamodb:Query", _message('{"lane": "main.kling-v2-6.video", "tenant": "t", "job": null}')),
    _call("poll", "dynamodb:GetItem", _STEP),
    _call("finalize", "dynamodb:GetItem", _STEP),
    _call("sweep", "dynamodb:Query", _plain({}), on="/index/due"),
    _call("sweep", "dynamodb:GetItem", _plain({"detail": {"name": f"{NO_JOB}-1"}})),
    _call("announce", "dynamodb:Query", _plain({"repair": True}), on="/index/due"),
    _call("deliver", "dynamodb:GetItem", _message('{"endpoint": "whe_0", "delivery": "dlv_0"}')),
    _call("signing_key", "secretsmanager:GetSecretValue", _pair),
)
"""At least one for each function; the tenant's own rows are there."""

PROBES = (
    *_CALLS,
    *(replace(one, action="logs:PutLogEvents", on="") for one in {one.owner: one for one in _CALLS}.values()),
    _first("endpoints", "secretsmanager:GetSecretValue", _said("POST", "/v1/webhooks", _WEBHOOK)),
    _first("webhook", "secretsmanager:GetSecretValue", _callback),
    Probe("endpoints", "sqs:SendMessage", _try_webhook),
    Probe("finalize", "s3:PutObject", _staging),
    Probe("finalize", "s3:GetObject", _staging),
    Probe("dispatch", "sqs:ReceiveMessage", _nothing),
    Probe("deliver", "sqs:ReceiveMessage", _nothing),
    Probe("announce", "dynamodb:GetRecords", _nothing),
    Probe("announce", "dynamodb:ListStreams", _nothing),
    _failing("sweep"),
    _failing("announce"),
    *_clock("sweep"),
    *_clock("announce"),
    Probe(MACHINE, "dynamodb:UpdateItem", _execution),
    Probe(MACHINE, "lambda:InvokeFunction", _execution),
    Probe(MACHINE, "logs:CreateLogDelivery", _logs),
)
"""At least one for each role; for those of the state machine and the clocks one for each statement."""
