"""DynamoDB transactions that say which of their conditions failed."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from reelwright.adapters.aws.table.patience import PATIENT, TRIES, Patience


class Canceled(Exception):
    """A transaction was canceled; `failed` names the writes whose condition did not hold, `old` their rows."""

    def __init__(self, failed: frozenset[str], old: Mapping[str, dict[str, Any]]) -> None:
        super().__init__(", ".join(sorted(failed)) or "conflict")
        self.failed = failed
        self.old = old


class Transactions:
    """Runs named writes all or nothing."""

    def __init__(self, client: Any, patience: Patience = PATIENT) -> None:
        self._client = client
        self._patience = patience

    def run(self, writes: Mapping[str, dict[str, Any]]) -> None:
        """Execute the writes. Raises Canceled with the names of those whose condition failed."""
        for attempt in range(TRIES):
            try:
                self._client.transact_write_items(TransactItems=list(writes.values()))
            except ClientError as error:
                canceled = _canceled(error, tuple(writes))
                if canceled.failed or attempt == TRIES - 1:
                    raise canceled from error
                self._patience.wait(attempt)
            else:
                return


def _canceled(error: ClientError, names: tuple[str, ...]) -> Canceled:
    if error.response.get("Error", {}).get("Code") != "TransactionCanceledException":
        raise error
    told: Any = error.response.get("CancellationReasons", [])
    reasons: dict[str, dict[str, Any]] = dict(zip(names, told, strict=False))
    failed = frozenset(name for name, reason in reasons.items() if reason.get("Code") == "ConditionalCheckFailed")
    others = {reason.get("Code") for reason in reasons.values()} - {"None", "ConditionalCheckFailed", None}
    if not failed and not others <= {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}:
        raise error
    return Canceled(failed, {name: reason["Item"] for name, reason in reasons.items() if "Item" in reason})
