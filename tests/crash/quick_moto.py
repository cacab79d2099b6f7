"""Shortcuts through moto that change no answer: `test_shortcuts.py` holds them to that.

A class is inspected once, rows that are in DynamoDB's own shape are written as they are, requests to DynamoDB, where a
signature changes nothing in the body, are not signed, a transaction keeps one copy of the table to roll back to instead
of one for each of its items, and calls to DynamoDB go straight to moto's handler.
"""

import copy
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from botocore.signers import RequestSigner
from moto.core import responses, utils
from moto.core.responses import ActionResult
from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler

from tests.crash.straight import Asked, Through, straight_to_moto


@contextmanager
def quick_moto(through: Through = Asked.straight) -> Iterator[None]:
    """Put the shortcuts in; every call to DynamoDB goes through `through`."""
    genuine = DynamoHandler.serialized

    def serialized(handler: DynamoHandler, action_result: ActionResult) -> Any:
        if not isinstance(action_result.result, dict) or "TableDescription" in action_result.result:
            return genuine(handler, action_result)
        headers = dict(handler.response_headers) | {"Content-Type": "application/x-amz-json-1.0"}
        return 200, headers, json.dumps(action_result.result)

    with ExitStack() as stack:
        for target, name, same in _SAME_BUT_QUICKER:
            stack.enter_context(patch.object(target, name, same))
        names = cache(utils.method_names_from_class)
        stack.enter_context(patch.object(responses, "method_names_from_class", names))
        stack.enter_context(patch.object(DynamoHandler, "serialized", serialized))
        stack.enter_context(patch.object(RequestSigner, "sign", _sign))
        stack.enter_context(_one_copy_a_transaction())
        stack.enter_context(straight_to_moto(through))
        yield


def _all_items(table: Table) -> list[Any]:
    """In the order of their keys, which are strings in our table."""
    items: list[Any] = [item for partition in table.items.values() for item in partition.values()]
    return sorted(items, key=lambda item: (item.hash_key.value, item.range_key.value))


def _equal(one: DynamoType, other: DynamoType) -> bool:
    """Strings are compared as they are."""
    if one.type == other.type == "S":
        return bool(one.value == other.value)
    return bool(one.type == other.type and one.cast_value == other.cast_value)


_SAME_BUT_QUICKER = (
    (Table, "all_items", _all_items),
    (DynamoType, "__eq__", _equal),
    (DynamoType, "__ne__", lambda one, other: not _equal(one, other)),
)


@contextmanager
def _one_copy_a_transaction() -> Iterator[None]:
    """What moto copies for each item of a transaction, before the first one changes anything, is the same table."""
    genuine, kept = DynamoDBBackend.transact_write_items, dict[int, Any]()

    def deepcopy(value: Any) -> Any:
        if not isinstance(value, Table):
            return copy.deepcopy(value)
        return kept.get(id(value)) or kept.setdefault(id(value), copy.deepcopy(value))

    def write(backend: DynamoDBBackend, items: list[dict[str, Any]]) -> None:
        kept.clear()
        genuine(backend, items)

    with (
        patch.object(models, "copy", SimpleNamespace(deepcopy=deepcopy)),
        patch.object(DynamoDBBackend, "transact_write_items", write),
    ):
        yield


_genuine_sign = RequestSigner.sign


def _sign(signer: RequestSigner, operation: str, request: Any, region_name: str | None = None, **more: Any) -> None:
    """Say where the request goes, as a signature would: moto reads the region there."""
    if signer.signing_name != "dynamodb":
        return _genuine_sign(signer, operation, request, region_name, **more)
    scope = f"testing/20260101/{region_name or signer.region_name}/dynamodb/aws4_request"
    request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    return None
