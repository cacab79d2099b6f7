"""Shortcuts through moto that change no answer: `test_shortcuts.py` holds them to that.

A class is inspected once, rows that are in DynamoDB's own shape are written as they are, requests to DynamoDB, where a
signature changes nothing in the body, are not signed, a transaction keeps copies of the rows that it touches instead of
one of the table for each of them, and calls to DynamoDB go straight to moto's handler.
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

Key = tuple[DynamoType, DynamoType]


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
        stack.enter_context(_copies_of_what_changes())
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
def _copies_of_what_changes() -> Iterator[None]:
    """To roll back to, a transaction needs the rows that it touches; moto copies the table, for each of them once."""
    genuine, touched = DynamoDBBackend.transact_write_items, list[Key]()

    def deepcopy(value: Any) -> Any:
        return _kept(value, touched) if isinstance(value, Table) else copy.deepcopy(value)

    def write(backend: DynamoDBBackend, items: list[dict[str, Any]]) -> None:
        touched[:] = [_key(next(iter(item.values()))) for item in items]
        genuine(backend, items)

    with (
        patch.object(models, "copy", SimpleNamespace(deepcopy=deepcopy)),
        patch.object(DynamoDBBackend, "transact_write_items", write),
    ):
        yield


def _key(write: dict[str, Any]) -> Key:
    key = write.get("Key") or write["Item"]
    return DynamoType(key["pk"]), DynamoType(key["sk"])


def _kept(table: Table, touched: list[Key]) -> Table:
    """The table as it is, with rows of its own where some may change."""
    kept, items = copy.copy(table), copy.copy(table.items)
    for pk, sk in touched:
        if row := table.items.get(pk, {}).get(sk):
            items[pk] = {**items[pk], sk: copy.deepcopy(row)}
        elif pk in items:
            items[pk] = dict(items[pk])
    kept.items = items
    return kept


_genuine_sign = RequestSigner.sign


def _sign(signer: RequestSigner, operation: str, request: Any, region_name: str | None = None, **more: Any) -> None:
    """Say where the request goes, as a signature would: moto reads the region there."""
    if signer.signing_name != "dynamodb":
        return _genuine_sign(signer, operation, request, region_name, **more)
    scope = f"testing/20260101/{region_name or signer.region_name}/dynamodb/aws4_request"
    request.headers["Authorization"] = f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"
    return None
