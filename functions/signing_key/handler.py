"""CloudFormation's custom resource: the key pair of signed media links, made once and kept in Secrets Manager.

Repeating any request is harmless: a key that is there stays, and Delete leaves the secret to the stack that owns it.
"""

import json
import logging
import time
import urllib.request
from typing import Any, Protocol

import boto3
from botocore.config import Config
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

LOG = logging.getLogger(__name__)
_ANSWER_SECONDS = 10
_BITS = 2048  # CloudFront takes RSA keys of this size


class SecretsManager(Protocol):
    """The two calls that are made to Secrets Manager."""

    def get_secret_value(self, *, SecretId: str) -> Any: ...  # noqa: N803, D102 - AWS's own spelling
    def put_secret_value(self, *, SecretId: str, SecretString: str) -> Any: ...  # noqa: N803, D102


def handler(event: dict[str, Any], context: object) -> None:
    """Do what CloudFormation asks, and answer it in any case: an unanswered request blocks the stack for an hour."""
    del context
    try:
        config = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3})
        data = outcome(event, boto3.client("secretsmanager", config=config))
    except Exception as error:  # the answer carries the kind of error and never its text
        LOG.exception("The signing key could not be made")
        _answer(event, {"Status": "FAILED", "Reason": f"{type(error).__name__}: see the function's log"})
    else:
        _answer(event, {"Status": "SUCCESS", "Data": data})


def outcome(event: dict[str, Any], secrets: SecretsManager) -> dict[str, str]:
    """The attributes of the resource: the public key, or nothing when it is deleted."""
    if event["RequestType"] == "Delete":
        return {}
    return {"PublicKeyPem": _ensured(event["ResourceProperties"]["SecretArn"], secrets)}


def _ensured(secret_arn: str, secrets: SecretsManager) -> str:
    """The public half of the key in the secret, which is made when there is none."""
    held = json.loads(secrets.get_secret_value(SecretId=secret_arn)["SecretString"])
    try:
        return public_pem(held.get("private_key_pem", ""))
    except Unusable:
        private = new_private_pem()
    secrets.put_secret_value(SecretId=secret_arn, SecretString=json.dumps(_fields(private)))
    return public_pem(private)


def _fields(private_pem: str) -> dict[str, Any]:
    """What the secret holds. A key that is not the first signs once an operator says so (`secrets rotate media`)."""
    return {"private_key_pem": private_pem, "made_ms": time.time_ns() // 1_000_000}


def _answer(event: dict[str, Any], answer: dict[str, Any]) -> None:
    """PUT the answer where CloudFormation waits for it; the resource's identity is its secret."""
    place = event["ResourceProperties"]["SecretArn"]
    identity = {name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")}
    body = json.dumps({**identity, "PhysicalResourceId": event.get("PhysicalResourceId", place), **answer}).encode()
    request = urllib.request.Request(event["ResponseURL"], body, {"Content-Type": ""}, method="PUT")  # noqa: S310
    with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS):  # noqa: S310 - the address is CloudFormation's
        LOG.info("CloudFormation has its answer")


class Unusable(Exception):
    """The text is not a private key."""


def new_private_pem() -> str:
    """A new private key, PKCS#8, unencrypted: Secrets Manager encrypts it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def public_pem(private_pem: str) -> str:
    """The public half (SubjectPublicKeyInfo). Raises Unusable."""
    try:
        key = serialization.load_pem_private_key(private_pem.encode(), password=None)
    except ValueError as error:
        raise Unusable from error
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
