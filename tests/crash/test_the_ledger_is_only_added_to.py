"""Each write of an entry or of a new hold refuses by itself to be laid over another, whatever stands beside it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest.mock import patch

import pytest
from botocore.client import BaseClient

from tests.crash import staged
from tests.crash.rig import Rig

NEW = "attribute_not_exists(pk)"


def _canceled() -> None:
    pipeline = staged.pipeline()
    pipeline.canceling.cancel("acme", pipeline.submit().job_id)


def _written(life: Callable[[], object]) -> Iterator[tuple[str, str, str, str]]:
    """Kind of write, partition, sort key and condition of every write to the ledger and to holds."""
    genuine, sent = vars(BaseClient)["_make_api_call"], list[tuple[str, Mapping[str, Any]]]()

    def call(client: Any, operation: str, given: Mapping[str, Any]) -> Any:
        sent.extend(pair for one in given.get("TransactItems", ()) for pair in one.items())
        if operation in {"PutItem", "UpdateItem", "DeleteItem"}:
            sent.append((operation.removesuffix("Item"), given))
        return genuine(client, operation, given)

    with patch.object(BaseClient, "_make_api_call", call):
        life()
    for kind, given in sent:
        key = given.get("Key") or given["Item"]
        pk, sk = key["pk"]["S"], key["sk"]["S"]
        if pk.startswith("LEDGER#") or sk.startswith("HOLD#"):
            yield kind, pk, sk, given.get("ConditionExpression", "")


@pytest.mark.xdist_group("crash-mutations")
@pytest.mark.parametrize(("life", "end"), [(staged.ended, "capture"), (_canceled, "release")], ids=["made", "canceled"])
def test_the_ledger_is_only_added_to(crash_rig: Rig, life: Callable[[], object], end: str) -> None:
    """A hold and its end are two entries, each new by its own condition; a hold's row is new, and closed once."""
    del crash_rig
    found = list(_written(life))
    entries = [(kind, sk.partition("#")[2], condition) for kind, pk, sk, condition in found if pk.startswith("LEDGER#")]
    holds = [(kind, condition) for kind, _, sk, condition in found if sk.startswith("HOLD#")]
    assert entries == [("Put", "hold", NEW), ("Put", end, NEW)]
    assert holds == [("Put", NEW), ("Update", "#state = :open")]
