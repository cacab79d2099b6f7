"""Many rows by their keys."""

from typing import Any

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.batches import MOST, rows_by_key


class Hesitant:
    """A client that takes a hundred keys at most, and of each call leaves the first key for the next while it can."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.consistent: set[bool] = set()

    def batch_get_item(self, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803 - as boto3 names it
        (request,) = RequestItems.values()
        first, *others = request["Keys"]
        assert len(others) < MOST
        self.asked.append(len(others) + 1)
        self.consistent.add(request["ConsistentRead"])
        left = {"reelwright": {"Keys": [first]}} if others else {}
        return {"Responses": {"reelwright": others or [first]}, "UnprocessedKeys": left}


def test_every_row_is_brought_however_many_calls_it_takes() -> None:
    """Beyond a hundred keys, and beyond what a call left for the next, none is missing and none comes twice."""
    wanted, client = [keys.job(f"job_{number}") for number in range(MOST + 1)], Hesitant()
    found = list(rows_by_key(client, "reelwright", wanted, consistent=True))
    assert sorted(row["pk"]["S"] for row in found) == sorted(key["pk"]["S"] for key in wanted)
    assert (client.asked[0], client.consistent) == (MOST, {True})


def test_nothing_wanted_asks_nothing() -> None:
    """DynamoDB refuses a call without keys."""
    client = Hesitant()
    assert list(rows_by_key(client, "reelwright", [])) == []
    assert client.asked == []
