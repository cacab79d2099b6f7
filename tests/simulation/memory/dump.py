"""The rows in memory as the table would hold them, to be compared with it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from reelwright.adapters.aws.table import idempotency_rows, job_rows, keys, lane_rows, outbox_rows, request_rows
from reelwright.adapters.aws.table.codec import Item, decode, encode
from tests.simulation.memory.rows import HoldRow, LaneRow, Rows

Table = dict[tuple[str, str], dict[str, Any]]


def of_memory(rows: Rows) -> Table:
    """Every row but those of tenants and their plans."""
    return of_items([*_jobs(rows), *_ledgers(rows), *_others(rows)])


def of_items(items: list[Item]) -> Table:
    """Rows by their keys, in plain values."""
    plain = (decode(item) for item in items)
    return {(row["pk"], row["sk"]): row for row in plain if row["sk"] != "TENANT" and row["pk"] != keys.TENANTS}


def _jobs(rows: Rows) -> Iterator[Item]:
    for job_id, job in rows.jobs.items():
        yield job_rows.to_item(job)
        yield request_rows.to_item(job_id, rows.requests[job_id])
    for (job_id, at_ms, version), (event, _, status) in rows.history.items():
        yield keys.history(job_id, at_ms, version) | encode({"event": event, "at_ms": at_ms, "status": status})


def _ledgers(rows: Rows) -> Iterator[Item]:
    for (tenant, month), budget in rows.budgets.items():
        yield keys.budget(tenant, month) | encode(asdict(budget))
    for (tenant, job_id), hold in rows.holds.items():
        yield keys.hold(tenant, job_id) | encode(_hold(job_id, hold))
    for (tenant, month, job_id, operation), entry in rows.entries.items():
        yield keys.entry(tenant, month, job_id, operation) | encode(asdict(entry))


def _hold(job_id: str, hold: HoldRow) -> dict[str, object]:
    shard = keys.due_shard(job_id, "hold") if hold.due_ms is not None else None
    return asdict(hold) | {"due_shard": shard}


def _others(rows: Rows) -> Iterator[Item]:
    yield from map(outbox_rows.to_item, rows.outbox.values())
    for (tenant, minute), requests in rows.rates.items():
        yield keys.rate(tenant, minute) | encode({"requests": requests, "ttl": minute * 60 + 3600})
    for (tenant, _), record in rows.idempotency.items():
        yield idempotency_rows.to_item(tenant, record)
    for lane_id, lane in rows.lanes.items():
        yield keys.lane(lane_id) | encode(_lane(lane))


def _lane(lane: LaneRow) -> dict[str, object]:
    values = asdict(lane)
    recent = values.pop("recent")
    told = {"recent_tasks": recent["tasks"], "recent_ms": recent["total_ms"]}
    return values | told | {"lessons": lane_rows.lessons(lane.lessons)}
