"""The store of the simulation against the table on moto, operation by operation."""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from reelwright.domain import moves, pacing
from reelwright.domain.fairness import Choice
from reelwright.domain.forecast import Forecast
from reelwright.domain.status import Status
from reelwright.use_cases.ports import Admission, IdempotencyRecord, OpenHold
from tests.simulation.two_stores import PICK, SECONDS, TENANTS, TwoStores
from tests.simulation.writes import LANE, POLICY, fresh, ways
from tests.support.pipeline import CLIP

LESSONS = (
    pacing.over_capacity,
    pacing.rate_limited,
    pacing.succeeded,
    pacing.recovered,
    pacing.blocked("1101", 60),
)


class SameRows(TwoStores):
    """Jobs that were read at any time may be written at any later one: most such writes must lose."""

    @rule(
        tenant=TENANTS,
        key=st.sampled_from((None, "k1", "k2")),
        seconds=SECONDS,
        priority=st.integers(-5, 5),
        stale=st.booleans(),
    )
    def admit(self, tenant: str, key: str | None, seconds: int, priority: int, stale: bool) -> None:  # noqa: FBT001 - hypothesis gives it
        job = fresh(len(self.admitted), tenant, self.now, seconds, priority)
        record = IdempotencyRecord(key, "print", job.id, "{}", job.created_ms + 60_000) if key else None
        admission = Admission(job, CLIP, (self.older if stale else self.plans)[tenant], record)
        self.twins.same(lambda store: store.jobs.admit(admission))
        self.admitted.append(job.id)
        self._look(job.id)

    @rule(tenant=TENANTS, units=st.sampled_from(("3", "8", "50")))
    def change_budget(self, tenant: str, units: str) -> None:
        self.older[tenant] = self.plans[tenant]
        self.plans[tenant] = self.twins.tenant(tenant, units, 2, 4)

    @precondition(lambda self: self.read)
    @rule(pick=PICK, slots=st.integers(0, 3), turn=TENANTS)
    def claim(self, pick: int, slots: int, turn: str) -> None:
        job = self._picked(pick, Status.QUEUED)
        lane = self.twins.same(lambda store: store.lanes.get(LANE))
        if job is not None:
            after = moves.claimed(job, "me", LANE, POLICY, self.now)
            choice, seen = Choice(job, turn, {turn: 3}), replace(lane, limit=slots)
            tenant = self.plans[job.tenant]
            self.twins.same(lambda store: store.jobs.claim(job, after, seen, choice, self.now + 900_000, tenant))

    @precondition(lambda self: self.read)
    @rule(pick=PICK, way=PICK, cool=st.sampled_from((None, 2_000)))
    def move(self, pick: int, way: int, cool: int | None) -> None:
        job = self.read[pick % len(self.read)]
        choices = list(ways(job, self.now))
        kind, after = choices[way % len(choices)]
        if kind == "settle":
            self.twins.same(lambda store: store.jobs.settle(job, after))
        elif kind == "free":
            self.twins.same(lambda store: store.jobs.save_and_free(job, after, cool and self.now + cool))
        else:
            self.twins.same(lambda store: store.jobs.save(job, after))
        self._look(job.id)

    @precondition(lambda self: self.admitted)
    @rule(pick=PICK, attempt=st.integers(1, 2), kind=st.sampled_from(("note", "park", "clear", "remember", "expect")))
    def news(self, pick: int, attempt: int, kind: str) -> None:
        job_id = self.admitted[pick % len(self.admitted)]
        if kind == "note":
            self.twins.same(lambda store: store.jobs.note_callback(job_id, attempt, self.now))
        elif kind == "park":
            self.twins.same(lambda store: store.park(job_id, attempt, f"token {pick}"))
        elif kind == "expect":
            self.twins.same(lambda store: store.jobs.expect(job_id, self.now + attempt))
        elif self.read and kind == "clear":
            self.twins.same(lambda store: store.jobs.clear_callback(self.read[pick % len(self.read)]))
        elif self.read:
            self.twins.same(lambda store: store.jobs.remember(self.read[pick % len(self.read)], "repaired", self.now))
        self._look(job_id)

    @rule(pick=PICK, seconds=SECONDS, lesson=st.sampled_from(LESSONS))
    def lanes(self, pick: int, seconds: int, lesson: pacing.Lesson) -> None:
        lane = self.twins.same(lambda store: store.lanes.get(LANE))
        slots = sorted(lane.slots) or ["nobody-1"]
        name, until = slots[pick % len(slots)], self.now + seconds * 1000
        expires = lane.slots[name].expires_ms if pick % 2 and name in lane.slots else until
        calls: list[Any] = [
            lambda store: store.lanes.renew(LANE, name, until),
            lambda store: store.lanes.free(LANE, name, expires),
            lambda store: store.lanes.learn(LANE, lesson, self.now),
            lambda store: store.lanes.book_wake(LANE, until, self.now),
            lambda store: store.lanes.publish(lane, Forecast(1, pick, 0, {"acme": pick})),
            lambda store: store.lanes.forget(LANE, lane.idle or ("nobody",)),
        ]
        self.twins.same(calls[pick % len(calls)])
        self.twins.same(lambda store: store.lanes.all())

    @precondition(lambda self: self.read)
    @rule(pick=PICK, seconds=SECONDS)
    def holds(self, pick: int, seconds: int) -> None:
        job = self.read[pick % len(self.read)]
        self.twins.same(lambda store: store.jobs.defer_hold(OpenHold(job.tenant, job.id), self.now + seconds * 1000))
        if job.status.terminal:
            self.twins.same(lambda store: store.jobs.close_hold(job))


SameRows.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TestSameRows = SameRows.TestCase
TestSameRows.__doc__ = "Every operation gives the same answer, the same error and the same rows on both stores."
