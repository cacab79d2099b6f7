"""Dead letters: what they are, what became of their job, and what to do about them."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from reelwright.domain.attempt import job_of
from reelwright.domain.errors import Conflict, NotFound, Unreadable
from reelwright.domain.lane import is_lane
from reelwright.domain.status import Status
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.ports import DeadLetters
from reelwright.use_cases.ops.records import DeadLetter
from reelwright.use_cases.ports import Jobs
from reelwright.use_cases.tell.ports import Deliveries, DeliveryKey

JOB: Final = re.compile(r"job_[0-9a-z]{26}")
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
class ManageDeadLetters:
    """The table is the truth and letters were hints: dropping one loses nothing that the sweep does not find."""

    letters: DeadLetters
    jobs: Jobs
    deliveries: Deliveries

    def explain(self, limit: int) -> tuple[Explanation, ...]:
        """Up to `limit` letters of each queue, explained."""
        with self._looked_at(limit) as letters:
            return tuple(map(self._explained, letters))

    def redrive(self, ids: Iterable[str], limit: int, hand: Hand) -> tuple[Change, ...]:
        """Send letters back to work, all that are worth it when `ids` is empty. Raises NotFound, Conflict."""
        wanted = set(ids)

        def worth(one: Explanation) -> bool:
            if wanted and one.advice != REDRIVE:
                raise Conflict(f"{one.letter.id} would only die again: {one.now}. Drop it.")
            return one.advice == REDRIVE

        return self._act(wanted, limit, worth, hand, REDRIVE)

    def drop(self, ids: Iterable[str], limit: int, hand: Hand) -> tuple[Change, ...]:
        """Take letters away, all of no use when `ids` is empty. Raises NotFound."""
        wanted = set(ids)
        return self._act(wanted, limit, lambda one: bool(wanted) or one.advice == DROP, hand, DROP)

    def _act(
        self, wanted: set[str], limit: int, chosen: Callable[[Explanation], bool], hand: Hand, what: str
    ) -> tuple[Change, ...]:
        with self._looked_at(limit) as letters:
            if missing := wanted - {letter.id for letter in letters}:
                raise NotFound(f"There is no dead letter {', '.join(sorted(missing))}.")
            explained = [self._explained(letter) for letter in letters if not wanted or letter.id in wanted]
            picked = [one for one in explained if chosen(one)]
            return tuple(self._moved(one, what, hand, letters) for one in picked)

    def _moved(self, one: Explanation, what: str, hand: Hand, left: list[DeadLetter]) -> Change:
        after = "queued" if what == REDRIVE else "gone"

        def move() -> None:
            if what == REDRIVE:
                self.letters.redrive(one.letter, one.group)
            else:
                self.letters.drop(one.letter)
            left.remove(one.letter)

        return hand.apply(Change(one.letter.id, one.wanted, "dead", after), move)

    @contextmanager
    def _looked_at(self, limit: int) -> Iterator[list[DeadLetter]]:
        """Letters, shown again afterwards; those that were moved take themselves off the list."""
        letters = list(self.letters.look(limit))
        try:
            yield letters
        finally:
            self.letters.put_back(letters)

    def _explained(self, letter: DeadLetter) -> Explanation:
        fields = _object(letter.body)
        if letter.queue == "deliveries":
            return self._of_delivery(letter, fields)
        if letter.queue == "announce":
            return Explanation(letter, "announce", "", "the next minute publishes what the outbox still holds", DROP)
        if letter.queue != "hints":
            job = _job_of_event(fields)
            return Explanation(letter, "sweep", job, f"{self._status(job)}; the next sweep looks at it anyway", DROP)
        lane, tenant, job = (_text(fields.get(name)) for name in ("lane", "tenant", "job"))
        if not is_lane(lane):
            return Explanation(letter, "unreadable", "", "no hint of ours", DROP)
        status = self._status(job)
        over = status in OVER
        now = status if job else "whatever waits in the lane"
        return Explanation(letter, f"wake {lane}", job, now, DROP if over else REDRIVE, tenant or lane)

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


OVER: Final = frozenset({*(str(status) for status in Status if status.terminal), "no such job"})


def _object(body: str) -> dict[str, object]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _job_of_event(fields: dict[str, object]) -> str:
    """The job of a failed execution's event, as EventBridge or a Lambda destination wraps it."""
    inner = fields.get("requestPayload", fields)
    detail = inner.get("detail") if isinstance(inner, dict) else None
    return job_of(_text(detail.get("name"))) if isinstance(detail, dict) else ""


def _text(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""
