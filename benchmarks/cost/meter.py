"""Counts every AWS operation of a run of the real handlers, by kind."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.cost.rows import write_units
from tests.crash import cloud
from tests.crash.effects import Call, Seams

WRITES: Final = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"})
READ_UNITS: Final = {"GetItem": 1.0, "Query": 1.0, "BatchGetItem": 1.0}
"""Every row is below 4 KB, so a consistent read is one unit; a look into an index is half a unit."""


@dataclass
class Meter(Seams):
    """Seams that let everything pass and write it down. `calls` counts operations by function."""

    calls: Counter[str] = field(default_factory=Counter)
    writes: float = 0
    reads: float = 0

    def perform(self, call: Call, act: Callable[[], Any], lost: Callable[[], BaseException]) -> Any:
        """Let a call happen and count it, whether a function made it or the state machine itself."""
        del lost
        before = cloud.rows() if call.operation in WRITES else {}
        answer = act()
        if call.service != "http":
            self._count(call)
        if call.operation in WRITES:
            self._weigh(before, transactional=call.operation.startswith("Transact"))
        return answer

    def _count(self, call: Call) -> None:
        invocation = self.running[-1] if self.running else None
        self.calls[f"{invocation.function if invocation else 'workflow'} {call.operation}"] += 1
        if call.service == "dynamodb" and call.operation in READ_UNITS:
            self.reads += 0.5 if call.about in {"waiting", "due", "by_tenant"} else READ_UNITS[call.operation]

    def _weigh(self, before: dict[tuple[str, str], Any], *, transactional: bool) -> None:
        after = cloud.rows()
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                self.writes += write_units(before.get(key), after.get(key), transactional=transactional)
