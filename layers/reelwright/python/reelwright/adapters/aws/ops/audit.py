"""What operators did, as rows: implements `use_cases.ops.ports.Audit`."""

from itertools import islice
from typing import Any

from reelwright.adapters.aws.ops.rows import query
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain.times import month, neighbours
from reelwright.use_cases.ops.records import AuditRecord
from reelwright.use_cases.ports import Clock


class TableAudit:
    """A row a command. Rows are never deleted by us."""

    def __init__(self, client: Any, table: str, clock: Clock) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def write(self, record: AuditRecord) -> None:
        """See `Audit.write`; the outcome replaces the row that said `begun`."""
        values = {
            "who": record.who,
            "command": record.command,
            "arguments": dict(record.arguments),
            "outcome": record.outcome,
            "at_ms": record.at_ms,
        }
        key = keys.audit(month(record.at_ms), record.at_ms, record.id)
        self._client.put_item(TableName=self._table, Item=key | encode(values))

    def recent(self, limit: int) -> tuple[AuditRecord, ...]:
        """See `Audit.recent`: of this month and the last one."""
        this = month(self._clock.now_ms())
        months = (this, neighbours(this)[0])
        rows = (
            row
            for one in months
            for row in query(self._client, self._table, "pk = :pk", {":pk": keys.audit_pk(one)}, newest=True)
        )
        return tuple(_record(row) for row in islice(rows, limit))


def _record(row: dict[str, Any]) -> AuditRecord:
    record_id, at_ms = keys.named(row["sk"]), int(row["at_ms"])
    return AuditRecord(record_id, at_ms, row["who"], row["command"], row["arguments"], row["outcome"])
