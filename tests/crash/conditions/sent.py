"""The seam at which every condition passes that is sent to the table."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient


@contextmanager
def listening() -> Iterator[set[str]]:
    """Every condition that is sent meanwhile."""
    genuine, heard = vars(BaseClient)["_make_api_call"], set[str]()

    def call(client: Any, operation: str, given: Mapping[str, Any]) -> Any:
        writes = [given, *(next(iter(one.values())) for one in given.get("TransactItems", ()))]
        heard.update(write["ConditionExpression"] for write in writes if "ConditionExpression" in write)
        return genuine(client, operation, given)

    with patch.object(BaseClient, "_make_api_call", call):
        yield heard
