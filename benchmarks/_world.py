"""An emulated AWS in this process (moto) with a table, a tenant and a queued job: what first calls find."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from unittest.mock import patch

import boto3
from moto import mock_aws

from reelwright.adapters.aws.clients import forget
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.adapters.kling.capability import CallbackCapabilities
from reelwright.api.keys import identify
from reelwright.api.routes import routed
from reelwright.composition.submit import submit_video
from reelwright.domain.generation import Generation, JobType
from reelwright.domain.tenant import ApiKey, Tenant
from reelwright.use_cases.ops.keys import SCOPES
from reelwright.use_cases.submit import SubmitCommand
from tests.support import table

TABLE, BUCKET, SECRET, TENANT, MODEL = "bench", "bench-media", "bench-secret", "bench", "kling-v2-5-turbo"
API_KEY = "rw_0123456789abcdef0123456789abcdef"
CAPABILITY_KEY = "0123456789abcdef0123456789abcdef"
_ACCOUNT = "bench"
_HEADERS = {"authorization": f"Bearer {API_KEY}"}
_NUMBERS = {
    **dict.fromkeys(("SLOT_LEASE_SECONDS", "QUIET_SECONDS", "WATCH_SECONDS", "HINT_REPAIR_SECONDS"), "600"),
    **dict.fromkeys(("PROVIDER_DEADLINE_SECONDS", "DELIVERY_DEADLINE_SECONDS", "MEDIA_LINK_SECONDS"), "86400"),
    "SUBMIT_LEASE_SECONDS": "15",
    "FINALIZE_LEASE_SECONDS": "300",
    "IDEMPOTENCY_HOURS": "24",
    "LANE_SLOTS": "3",
    "LANE_REQUESTS_PER_MINUTE": "0",
    "MAX_ATTEMPTS": "2",
    "MAX_RESULT_BYTES": "2147483648",
    "KLING_CREDIT_MINUTES": "0",
    "WEBHOOK_TIMEOUT_SECONDS": "15",
    "WEBHOOK_LEASE_SECONDS": "90",
    "WEBHOOK_DISABLE_DAYS": "5",
    "WEBHOOK_SECRET_OVERLAP_HOURS": "24",
}
ENVIRONMENT = {
    **_NUMBERS,
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "TABLE_NAME": TABLE,
    "HINTS_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/123456789012/bench",
    "STATE_MACHINE_ARN": "arn:aws:states:us-east-1:123456789012:stateMachine:bench",
    "MEDIA_BUCKET": BUCKET,
    "MEDIA_BASE_URL": "https://media.example.com",
    "MEDIA_KEY_PAIR_IDS": "K0000000000000",
    **dict.fromkeys(("MEDIA_SECRET_ARNS", "KLING_SECRET_ARN", "CALLBACKS_SECRET_ARN", "WEBHOOKS_SECRET_ARN"), SECRET),
    "DELIVERIES_QUEUE_URL": "https://sqs.us-east-1.amazonaws.com/123456789012/deliveries",
    "EVENT_BUS_NAME": "bench",
    "KLING_ACCOUNTS": _ACCOUNT,
    "KLING_BASE_URL": "https://api-singapore.klingai.com",
    "CALLBACK_BASE_URL": "https://api.example.com",
    "RESULT_HOSTS": "",
    "ALLOW_HTTP_HOSTS": "",
    "FFMPEG_PATH": "/opt/bin/ffmpeg",
    "POWERTOOLS_SERVICE_NAME": "reelwright",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "TRACING": "off",
    "STAGE": "bench",
}


@dataclass(frozen=True, slots=True)
class World:
    """What events have to name: the queued job, its lane, the address that its first attempt would be given."""

    job_id: str
    lane: str
    capability: str
    authorizer: dict[str, str]


@contextmanager
def emulated_world() -> Iterator[World]:
    """Answer requests to AWS's addresses, from any thread of this process, while the context lasts."""
    with patch.dict("os.environ", ENVIRONMENT), mock_aws():
        forget()
        yield _made()


def _made() -> World:
    dynamodb = boto3.client("dynamodb")
    table.create(dynamodb, TABLE)
    boto3.client("sqs").create_queue(QueueName="bench")
    boto3.client("s3").create_bucket(Bucket=BUCKET)
    fields = {"capability_key": CAPABILITY_KEY, "access_key": "bench", "secret_key": "bench"}
    boto3.client("secretsmanager").create_secret(Name=SECRET, SecretString=json.dumps(fields))
    tenants = TableTenants(dynamodb, TABLE)
    tenants.put(Tenant(TENANT, Decimal(1_000_000), 20, 100_000))
    grant = ApiKey(TENANT, "key_bench", SCOPES)
    tenants.put_api_key(hashlib.sha256(API_KEY.encode()).hexdigest(), grant)
    job_id = _queued_job()
    seal = CallbackCapabilities("https://api.example.com", lambda: CAPABILITY_KEY).address(f"{job_id}-1")
    lane = f"{_ACCOUNT}.{MODEL}.video"
    known = identify(_HEADERS, tenants, 0, routed("POST /v1/videos"))
    return World(job_id, lane, seal.rpartition("/")[2], known)


def _queued_job() -> str:
    wish = Generation(JobType.TEXT_TO_VIDEO, MODEL, "A paper boat crosses a rain puddle", mode="pro")
    return submit_video().submit(SubmitCommand(TENANT, wish, "fingerprint", lambda *_: "{}")).job_id
