"""Three shortcuts below moto that change no answer.

A class is inspected once, rows that are in DynamoDB's own shape are written as they are, and requests to DynamoDB,
where a signature changes nothing in the body, are not signed.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from botocore.signers import RequestSigner
from moto.core import responses, utils
from moto.core.responses import ActionResult
from moto.dynamodb.responses import DynamoHandler


@contextmanager
def quick_moto() -> Iterator[None]:
    """Put the shortcuts in."""
    genuine = DynamoHandler.serialized

    def serialized(handler: DynamoHandler, action_result: ActionResult) -> Any:
        if not isinstance(action_result.result, dict) or "TableDescription" in action_result.result:
            return genuine(handler, action_result)
        headers = dict(handler.response_headers) | {"Content-Type": "application/x-amz-json-1.0"}
        return 200, headers, json.dumps(action_result.result)

    with ExitStack() as stack:
        names = cache(utils.method_names_from_class)
        stack.enter_context(patch.object(responses, "method_names_from_class", names))
        stack.enter_context(patch.object(DynamoHandler, "serialized", serialized))
        stack.enter_context(patch.object(RequestSigner, "sign", _sign))
        yield


_genuine_sign = RequestSigner.sign


def _sign(signer: RequestSigner, operation: str, request: Any, region_name: str | None = None, **more: Any) -> None:
    """Say where the request goes, as a signature would: moto reads the region there."""
    if signer.signing_name != "dynamodb":
        return _genuine_sign(signer, operation, request, region_name, **more)
    scope = f"testing/20260101/{region_name or signer.region_name}/dynamodb/aws4_request"
    request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    return None
