"""DynamoDB on moto as many processes see it: calls take time, and transactions on the same row refuse each other."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from botocore.exceptions import ClientError

from benchmarks.scheduling.latencies import Dice, Latencies
from tests.simulation.world import World

WRITES: Final = frozenset({"put_item", "update_item", "delete_item"})
Row = tuple[str, str]


class CrossingClient:
    """A client whose calls pause their process. A row that a transaction has in hand refuses every other write."""

    def __init__(self, client: Any, world: World, dice: Dice) -> None:
        self._client, self._world, self._dice = client, world, dice
        self._held: Counter[Row] = Counter()
        self.exceptions = client.exceptions
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.after_transaction: Callable[[], None] = lambda: None

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._client, name)
        if name == "get_paginator":
            return inner
        return self._transaction if name == "transact_write_items" else self._single(name, inner)

    def _single(self, name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        latencies = Latencies()
        median = latencies.table_write if name in WRITES else latencies.table_read

        def call(**arguments: Any) -> Any:
            self._world.pause(self._dice.around(median))
            self.calls[name] += 1
            if name in WRITES and self._held[_row(arguments)]:
                self.refused["conflict"] += 1
                raise ClientError({"Error": {"Code": "TransactionConflictException", "Message": "conflict"}}, name)
            return self._counting(lambda: inner(**arguments))

        return call

    def _transaction(self, **arguments: Any) -> Any:
        """Prepared for half of its time, during which its rows are in hand, then done at once."""
        took = self._dice.around(Latencies().table_transaction)
        self._world.pause(took // 2)
        self.calls["transact_write_items"] += 1
        rows = [_row(write) for item in arguments["TransactItems"] for write in item.values()]
        if any(self._held[row] for row in rows):
            self.refused["conflict"] += 1
            raise ClientError(_conflict([self._held[row] > 0 for row in rows]), "TransactWriteItems")  # type: ignore[arg-type]
        self._held.update(rows)
        try:
            self._world.pause(took - took // 2)
            return self._counting(lambda: self._client.transact_write_items(**arguments))
        finally:
            self._held.subtract(rows)
            self.after_transaction()

    def _counting(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except ClientError:
            self.refused["condition"] += 1
            raise


def _row(write: dict[str, Any]) -> Row:
    key = write.get("Key") or write["Item"]
    return key["pk"]["S"], key["sk"]["S"]


def _conflict(held: list[bool]) -> dict[str, object]:
    reasons = [{"Code": "TransactionConflict" if one else "None"} for one in held]
    return {"Error": {"Code": "TransactionCanceledException", "Message": "conflict"}, "CancellationReasons": reasons}
