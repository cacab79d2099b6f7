"""A handler of the usual make: everything imported at the top, one client per service, validation by the resolver.

It does what many published examples do, no worse: valid bytecode, clients outside the handler, one resolver. Its first
call reads two items, writes one and sends a message, as our submit does.
"""

import json
import os
import uuid
from decimal import Decimal
from typing import Annotated, Any, Literal

import boto3
import requests
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Header
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, ConfigDict, Field

logger = Logger(service="plain")
tracer = Tracer(service="plain")
metrics = Metrics(namespace="Plain", service="plain")
app = APIGatewayHttpResolver(enable_validation=True)
dynamodb = boto3.resource("dynamodb")
sqs = boto3.client("sqs")
stepfunctions = boto3.client("stepfunctions")
s3 = boto3.client("s3")
secrets = boto3.client("secretsmanager")
session = requests.Session()


class CameraControl(BaseModel):
    """A camera movement."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["simple", "down_back", "forward_up"]
    config: dict[str, float] | None = None


class VideoRequest(BaseModel):
    """What is asked for."""

    model_config = ConfigDict(extra="forbid")
    type: Literal["text_to_video", "image_to_video"]
    model: str
    prompt: str = Field(min_length=1, max_length=2500)
    negative_prompt: str | None = Field(default=None, max_length=2500)
    duration: int = Field(default=5, ge=3, le=15)
    mode: Literal["std", "pro"] = "std"
    aspect_ratio: Literal["16:9", "9:16", "1:1"] = "16:9"
    cfg_scale: Decimal | None = None
    camera_control: CameraControl | None = None
    metadata: dict[str, str] = Field(default_factory=dict)


class Job(BaseModel):
    """The answer."""

    id: str
    status: str
    model: str


@app.post("/v1/videos")
@tracer.capture_method(capture_response=False)
def submit(body: VideoRequest, idempotency_key: Annotated[str | None, Header()] = None) -> Response[Job]:
    """Look for an earlier answer and for the tenant, store the job, and queue the work: the calls of our own submit."""
    table = dynamodb.Table(os.environ["TABLE_NAME"])
    table.get_item(Key={"pk": f"IDEMPOTENCY#{idempotency_key}", "sk": "A"})
    table.get_item(Key={"pk": "TENANT#plain", "sk": "A"})
    table.put_item(Item={"pk": f"JOB#{uuid.uuid4()}", "sk": "A", "status": "queued", "model": body.model})
    message = json.dumps(body.model_dump(mode="json"))
    sent = sqs.send_message(QueueUrl=os.environ["HINTS_QUEUE_URL"], MessageBody=message)
    metrics.add_metric(name="Submitted", unit=MetricUnit.Count, value=1)
    return Response(status_code=202, body=Job(id=sent["MessageId"], status="queued", model=body.model))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return app.resolve(event, context)
