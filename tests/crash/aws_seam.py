"""The seam below every boto3 client: moto answers there, and the harness sees what was asked."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ReadTimeoutError
from moto.core.botocore_stubber import BotocoreStubber, MockRawResponse

from tests.crash.effects import Call, Seams
from tests.crash.straight import Asked, Through

READS: Final = frozenset({"GetItem", "Query", "BatchGetItem", "GetSecretValue", "GetObject", "DescribeExecution"})

Told = Mapping[str, Any]
Listener = Callable[[str, Told], Told | None]
"""(operation, request) after moto served it → an error that AWS itself would have answered, or None."""


@contextmanager
def aws_seam(seams: Callable[[], Seams], listen: Listener) -> Iterator[None]:
    """Lead every call that moto would answer through the seams of the moment."""
    genuine = BotocoreStubber.__call__

    def through(stubber: BotocoreStubber, event_name: str, request: AWSPreparedRequest, **more: Any) -> Any:
        _, service, operation = event_name.split(".")
        told = _told(request)

        def act() -> Any:
            answer = genuine(stubber, event_name, request, **more)
            error = listen(operation, told) if answer is not None and answer.status_code == 200 else None
            return _refusal(request.url, error) if error else answer

        call = Call(service, operation, _about(operation, request, told), operation not in READS)
        return seams().perform(call, act, lambda: ReadTimeoutError(endpoint_url=urlsplit(request.url).netloc))

    with patch.object(BotocoreStubber, "__call__", through):
        yield


def table_seam(seams: Callable[[], Seams]) -> Through:
    """Lead calls to DynamoDB, which take moto's shortcut, through the seams too.

    One that something is to befall goes the whole way, for botocore tries again what got lost.
    """

    def through(asked: Asked) -> Any:
        if seams().planned():
            return asked.whole()
        call = Call("dynamodb", asked.operation, _rows(asked.operation, asked.given), asked.operation not in READS)
        return seams().perform(call, asked.straight, partial(ReadTimeoutError, endpoint_url="dynamodb"))

    return through


def _told(request: AWSPreparedRequest) -> Told:
    """The request's parameters, where the protocol is JSON."""
    if b"json" not in _bytes(request.headers.get("Content-Type", "")):
        return {}
    told = json.loads(_bytes(request.body) or b"{}")
    return told if isinstance(told, dict) else {}


def _bytes(text: Any) -> bytes:
    return text.encode() if isinstance(text, str) else bytes(text or b"")


def _about(operation: str, request: AWSPreparedRequest, told: Told) -> str:
    """Which kinds of rows or objects a call is about, so that the same step of two runs reads the same."""
    if rows := _rows(operation, told):
        return rows
    if "SecretId" in told:
        return str(told["SecretId"]).rsplit(":", 1)[-1]
    path = urlsplit(request.url).path
    return path.split("/")[1] + path[path.rfind(".") :] if "." in path else ""


def _rows(operation: str, told: Told) -> str:
    if operation == "TransactWriteItems":
        return "+".join(_kind(next(iter(write.values()))) for write in told["TransactItems"])
    if "Key" in told or "Item" in told:
        return _kind(told)
    if "IndexName" in told:
        return str(told["IndexName"])
    return ""


def _kind(write: Told) -> str:
    key = write.get("Key") or write["Item"]
    pk, sk = key["pk"]["S"], key["sk"]["S"]
    return f"{pk.split('#')[0]}/{sk.split('#')[0] if sk.isupper() or '#' in sk else '*'}"


def _refusal(url: str, error: Told) -> AWSResponse:
    body = json.dumps(error).encode()
    return AWSResponse(url, 400, {"Content-Type": "application/x-amz-json-1.0"}, MockRawResponse(body))  # type: ignore[arg-type]
