"""AWS clients: one session for all, each client made on first use and kept, time limits and retries always explicit.

Retries are botocore's standard mode with three attempts in all. They are safe here because every write is conditional
or idempotent; calls that cost money at Kling never pass through these clients.
"""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

import botocore
from boto3.session import Session
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.client import CloudFormationClient
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_events.client import EventBridgeClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_secretsmanager.client import SecretsManagerClient
    from mypy_boto3_sqs.client import SQSClient
    from mypy_boto3_stepfunctions.client import SFNClient

ServiceName = Literal["cloudformation", "dynamodb", "events", "s3", "secretsmanager", "sqs", "stepfunctions"]
_CONNECT_SECONDS = 2
_READ_SECONDS = 10
_READ_SECONDS_BY_SERVICE = {"s3": 60}  # completing a multipart upload may take that long before the answer starts
_ATTEMPTS = 3
# Packages carry AWS's own roots here; elsewhere it is botocore's copy of the whole bundle. Loaded once per client.
_AUTHORITIES = Path(botocore.__file__).with_name("cacert.pem")
# Partitions whose endpoints are not under Amazon's public roots; botocore then uses certifi's bundle.
_OTHER_ROOTS = ("cn-", "us-iso", "eu-iso")


@overload
def client(service: Literal["cloudformation"]) -> "CloudFormationClient": ...
@overload
def client(service: Literal["dynamodb"]) -> "DynamoDBClient": ...
@overload
def client(service: Literal["events"]) -> "EventBridgeClient": ...
@overload
def client(service: Literal["s3"]) -> "S3Client": ...
@overload
def client(service: Literal["secretsmanager"]) -> "SecretsManagerClient": ...
@overload
def client(service: Literal["sqs"]) -> "SQSClient": ...
@overload
def client(service: Literal["stepfunctions"]) -> "SFNClient": ...
def client(service: ServiceName) -> Any:
    """Give the client of `service`, the same one at every call; region, keys and endpoint come from the environment."""
    return _made(service)


def forget() -> None:
    """Drop the session and all clients, as tests do when the environment changes."""
    _made.cache_clear()
    _session.cache_clear()


@cache
def _made(service: ServiceName) -> Any:
    session = _session()
    return session.client(service, config=_config(service), verify=_authorities(session.region_name))


@cache
def _session() -> Session:
    return Session()


def _config(service: ServiceName) -> Config:
    return Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS_BY_SERVICE.get(service, _READ_SECONDS),
        retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
        tcp_keepalive=True,
    )


def _authorities(region: str | None) -> str | None:
    """Name the bundle to verify endpoints with; None leaves the choice to botocore and AWS_CA_BUNDLE."""
    if "AWS_CA_BUNDLE" in os.environ or (region or "").startswith(_OTHER_ROOTS):
        return None
    return str(_AUTHORITIES)
