"""What goes straight to moto is answered as what goes the whole way; what is branched off ends as what is run alone."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError

from reelwright.adapters.aws.clients import client
from tests.crash import cloud
from tests.crash.aws_seam import table_seam
from tests.crash.both_ways import both_ways
from tests.crash.effects import Seams
from tests.crash.explorer import Explorer
from tests.crash.rig import rig
from tests.crash.run import run
from tests.crash.scenarios import BY_NAME
from tests.crash.straight import Asked, Through

TELLING = {"one_clip", "canceled_at_once", "fails_once", "budget_raised", "two_for_one_slot"}


def _straight(name: str) -> list[str]:
    return _answers(name, table_seam)


def _whole(name: str) -> list[str]:
    return _answers(name, lambda _seams: Asked.whole)


def _answers(name: str, table: Callable[[Callable[[], Seams]], Through]) -> list[str]:
    """Every call to DynamoDB that a run makes, with its answer, or with what the client raises."""
    told: list[str] = []

    def remembering(seams: Callable[[], Seams]) -> Through:
        return partial(_remembered, told, table(seams))

    with rig(remembering) as made:
        assert run(made, BY_NAME[name]).violations == []
    return told


def _remembered(told: list[str], make: Through, asked: Asked) -> Any:
    try:
        answer = make(asked)
    except ClientError as refused:
        told.append(_line(asked, dict(refused.response)))
        raise
    told.append(_line(asked, answer))
    return answer


def _line(asked: Asked, answer: dict[str, Any]) -> str:
    given = {name: value for name, value in asked.given.items() if name != "ClientRequestToken"}
    plain = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
    return json.dumps([asked.operation, given, answer["ResponseMetadata"]["HTTPStatusCode"], plain], sort_keys=True)


@pytest.mark.parametrize("name", sorted(TELLING))
def test_both_ways_are_answered_alike(name: str) -> None:
    """Rows, counts, conditions that failed and the reasons why a transaction was canceled."""
    straight, whole = _straight(name), _whole(name)
    assert straight == whole
    assert any("PutItem" in line or "TransactWriteItems" in line for line in straight)


def test_the_answers_include_refusals() -> None:
    """So that the comparison above is not one of good days alone."""
    told = [line for name in sorted(TELLING) for line in _straight(name)]
    assert any("ConditionalCheckFailedException" in line for line in told)
    assert any("TransactionCanceledException" in line for line in told)


def test_a_canceled_transaction_leaves_every_row_as_it_was() -> None:
    """Changed, replaced, new and deleted rows, the last of which refuses: beside others in the same partition."""
    with rig():
        dynamodb = client("dynamodb")
        for name in ("changed", "replaced", "deleted", "beside"):
            dynamodb.put_item(TableName=cloud.TABLE, Item=_row(name, {"M": {"is": {"S": name}}}))
        before = cloud.rows()
        with pytest.raises(dynamodb.exceptions.TransactionCanceledException):
            dynamodb.transact_write_items(TransactItems=_WRITES)
        assert cloud.rows() == before
        dynamodb.transact_write_items(TransactItems=_WRITES[:-1])
        assert {sk for _, sk in cloud.rows()} == {"changed", "replaced", "new", "beside"}


def _row(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"pk": {"S": "one"}, "sk": {"S": name}, "what": value}


_HERE = {"TableName": cloud.TABLE}
_WRITES: list[Any] = [
    {
        "Update": _HERE
        | {
            "Key": {"pk": {"S": "one"}, "sk": {"S": "changed"}},
            "UpdateExpression": "SET what.#is = :new",
            "ExpressionAttributeNames": {"#is": "is"},
            "ExpressionAttributeValues": {":new": {"S": "new"}},
        }
    },
    {"Put": _HERE | {"Item": _row("replaced", {"S": "new"})}},
    {"Put": _HERE | {"Item": _row("new", {"S": "new"})}},
    {"Delete": _HERE | {"Key": {"pk": {"S": "one"}, "sk": {"S": "deleted"}}}},
    {"Put": _HERE | {"Item": _row("beside", {"S": "new"}), "ConditionExpression": "attribute_not_exists(pk)"}},
]


def test_branches_show_what_runs_of_their_own_show(crash_explorer: Explorer) -> None:
    """Every crash and every pair of crashes of a short scenario, both ways."""
    branched, alone = crash_explorer.call(both_ways, "refused_at_once")
    assert {len(told.deaths) for told in branched} == {0, 1, 2}
    assert branched == alone
