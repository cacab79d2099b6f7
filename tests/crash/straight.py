"""A call to DynamoDB straight to moto's handler: no request is written, signed, sent, read and answered as HTTP.

`whole` is the same call as botocore makes it. `test_shortcuts.py` holds both to the same answers.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from unittest.mock import patch

from botocore.client import BaseClient
from moto.core.exceptions import ServiceException
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.dynamodb.responses import DynamoHandler
from werkzeug.exceptions import HTTPException

STRAIGHT: Final = frozenset(
    {"GetItem", "BatchGetItem", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"}
)
OK: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A call to DynamoDB that has not been made yet."""

    client: Any
    operation: str
    given: Mapping[str, Any]
    genuine: Callable[..., Any]

    def straight(self) -> Any:
        """Make it by the shortcut. Raises ClientError as the client does."""
        status, answer = self._answer()
        told = {"HTTPStatusCode": status, "HTTPHeaders": {}, "RequestId": "straight", "RetryAttempts": 0}
        if status == OK:
            return answer | {"ResponseMetadata": told}
        code = answer.pop("__type").rpartition("#")[2]
        error = {"Code": code, "Message": answer.get("message", answer.get("Message", ""))}
        raise self.client.exceptions.from_code(code)(
            {"Error": error, "ResponseMetadata": told, **answer}, self.operation
        )

    def whole(self) -> Any:
        """Make it as botocore does, with its retries."""
        return self.genuine(self.client, self.operation, self.given)

    def _answer(self) -> tuple[int, dict[str, Any]]:
        handler = _handler(self.client.meta.region_name, json.loads(json.dumps(self.given)))
        try:
            found = getattr(handler, _method(self.operation))()
        except ServiceException as refused:
            status, _, text = handler.serialized(ActionResult(refused))
            return status, json.loads(text)
        except HTTPException as refused:
            return int(refused.code or 0), json.loads(refused.description or "{}")
        return OK, json.loads(found if isinstance(found, str) else json.dumps(found.result))


Through = Callable[[Asked], Any]
_method = cache(camelcase_to_underscores)


def _handler(region: str, given: dict[str, Any]) -> DynamoHandler:
    """As moto prepares one for a request."""
    made = DynamoHandler()
    made.region, made.partition, made.current_account, made.access_key = region, "aws", DEFAULT_ACCOUNT_ID, "testing"
    made.headers, made.response_headers, made.querystring, made.uri_match = {}, {}, {}, {}
    made.body = made.params = given
    return made


@contextmanager
def straight_to_moto(through: Through) -> Iterator[None]:
    """Lead the calls to DynamoDB through here instead of over HTTP."""
    genuine = vars(BaseClient)["_make_api_call"]

    def call(client: Any, operation: str, given: Mapping[str, Any]) -> Any:
        if operation in STRAIGHT and client.meta.service_model.service_name == "dynamodb":
            return through(Asked(client, operation, given, genuine))
        return genuine(client, operation, given)

    with patch.object(BaseClient, "_make_api_call", call):
        yield
