"""What the table, the bucket and Kling say at one moment, in terms that the invariants understand."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from tests.crash import cloud

_read = TypeDeserializer().deserialize


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A job: `attempts` are the external ids that were recorded, the last one being the present one."""

    status: str
    attempts: tuple[str, ...]
    captured: Decimal | None
    assets: tuple[Mapping[str, Any], ...]
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Budget:
    """A tenant's month, in video units."""

    budget: Decimal
    available: Decimal
    held: Decimal
    captured: Decimal


@dataclass(frozen=True, slots=True)
class Books:
    """Everything; `slots` are external ids that hold one in any lane, `fullest` how many the fullest lane leases."""

    jobs: Mapping[str, JobFacts]
    budgets: tuple[Budget, ...]
    holds: Mapping[str, tuple[str, Decimal, Decimal]]
    entries: Mapping[str, tuple[str, ...]]
    slots: tuple[str, ...]
    running: int
    objects: Mapping[str, bytes]
    fullest: int = 0

    @property
    def live(self) -> dict[str, str]:
        """External id → job, of those that may be unfinished at Kling."""
        return {
            facts.attempts[-1]: job_id
            for job_id, facts in self.jobs.items()
            if facts.status in {"submitting", "generating"}
        }


def read_books() -> Books:
    """The pipeline's books."""
    rows = {key: {name: _read(value) for name, value in row.items()} for key, row in cloud.rows().items()}
    lanes = [row for (pk, _), row in rows.items() if pk == "LANES"]
    return Books(
        jobs={row["id"]: _job(row) for (_, sk), row in rows.items() if sk == "JOB"},
        budgets=tuple(
            Budget(row["budget"], row["available"], row["held"], row["captured"])
            for (_, sk), row in rows.items()
            if sk.startswith("BUDGET#")
        ),
        holds={
            sk.removeprefix("HOLD#"): (row["state"], row["units"], row.get("captured", Decimal(0)))
            for (_, sk), row in rows.items()
            if sk.startswith("HOLD#")
        },
        entries=_entries(rows),
        slots=tuple(name for lane in lanes for name in lane["slots"]),
        running=int(sum(sum(lane["running"].values()) for lane in lanes)),
        objects=cloud.objects(),
        fullest=max((len(lane["slots"]) for lane in lanes), default=0),
    )


def _job(row: Mapping[str, Any]) -> JobFacts:
    attempts = tuple(attempt["external_id"] for attempt in row.get("attempts", ()))
    return JobFacts(row["status"], attempts, row.get("captured"), tuple(row.get("assets", ())), row)


def _entries(rows: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for (pk, _), row in rows.items():
        if pk.startswith("LEDGER#"):
            found[row["job"]] = (*found.get(row["job"], ()), row["operation"])
    return found
