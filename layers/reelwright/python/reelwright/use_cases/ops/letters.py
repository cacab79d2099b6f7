"""What a dead letter wanted, what became of its job, and what to do about it."""

import json
import re
from dataclasses import dataclass
from typing import Final

from reelwright.domain.attempt import job_of
from reelwright.domain.errors import NotFound, Unreadable
from reelwright.domain.lane import is_lane
from reelwright.domain.status import Status
from reelwright.use_cases.ops.records import DeadLetter
from reelwright.use_cases.ports import Jobs
from reelwright.use_cases.tell.ports import Deliveries, DeliveryKey

JOB: Final = re.compile(r"job_[0-9a-z]{26}")
OVER: Final = frozenset({*(str(status) for status in Status if status.terminal), "no such job"})
REDRIVE, DROP = "redrive", "drop"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a letter wanted and what its job says now; `advice` is `redrive` or `drop`."""

    letter: DeadLetter
    wanted: str
    job: str
    now: str
    advice: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """Reads letters of every queue."""

    jobs: Jobs
    deliveries: Deliveries

    def explain(self, letter: DeadLetter) -> Explanation:
        """What it says of itself is not trusted: ids are looked up, texts are cut short."""
        fields = _object(letter.body)
        if letter.queue == "deliveries":
            return self._of_delivery(letter, fields)
        if letter.queue == "announce":
            return Explanation(letter, "announce", "", "the next minute publishes what the outbox still holds", DROP)
        if letter.queue != "hints":
            return self._of_event(letter, _event(fields))
        return self._of_hint(letter, fields)

    def _of_event(self, letter: DeadLetter, event: dict[str, object]) -> Explanation:
        """All that wakes the sweep comes again by itself."""
        if "check" in event:
            return Explanation(letter, "check the ledger", "", "the next hour's check looks at all of it", DROP)
        job = _failed_job(event)
        return Explanation(letter, "sweep", job, f"{self._status(job)}; the next sweep looks at it anyway", DROP)

    def _of_hint(self, letter: DeadLetter, fields: dict[str, object]) -> Explanation:
        lane, tenant, job = (_text(fields.get(name)) for name in ("lane", "tenant", "job"))
        if not is_lane(lane):
            return Explanation(letter, "unreadable", "", "no hint of ours", DROP)
        status = self._status(job)
        now, advice = status if job else "whatever waits in the lane", DROP if status in OVER else REDRIVE
        return Explanation(letter, f"wake {lane}", job, now, advice, tenant or lane)

    def _of_delivery(self, letter: DeadLetter, fields: dict[str, object]) -> Explanation:
        endpoint, name = (_text(fields.get(part)) for part in ("endpoint", "delivery"))
        try:
            found = self.deliveries.get(DeliveryKey(endpoint, name)) if endpoint and name else None
        except Unreadable:
            return Explanation(letter, "unreadable", "", f"the row of {name} cannot be read", DROP)
        if found is None:
            return Explanation(letter, "deliver", "", "no delivery of ours", DROP)
        advice = REDRIVE if found.status == "pending" else DROP
        return Explanation(letter, f"deliver to {endpoint}", "", found.status, advice, found.tenant)

    def _status(self, job_id: str) -> str:
        if not job_id:
            return "no job named"
        try:
            return str(self.jobs.get(job_id).status) if JOB.fullmatch(job_id) else "no such job"
        except NotFound:
            return "no such job"


def _object(body: str) -> dict[str, object]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _event(fields: dict[str, object]) -> dict[str, object]:
    """What the sweep was told: as EventBridge or Scheduler keeps it, or wrapped by a Lambda destination."""
    inner = fields.get("requestPayload", fields)
    return inner if isinstance(inner, dict) else {}


def _failed_job(event: dict[str, object]) -> str:
    """The job of a failed execution's event."""
    detail = event.get("detail")
    return job_of(_text(detail.get("name"))) if isinstance(detail, dict) else ""


def _text(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""
