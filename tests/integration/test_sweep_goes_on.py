"""The sweep goes past whatever it cannot repair, row by row of every kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain import moves
from reelwright.domain.attempt import external_id
from reelwright.domain.lane import Lane, lane_id
from reelwright.domain.status import Status
from reelwright.use_cases import forecasting, tending
from reelwright.use_cases.holding import AGAIN_SECONDS, QUESTION_SECONDS
from reelwright.use_cases.observing import ObserveLanes
from tests.support.fakes import FakeTelemetry
from tests.support.pipeline import LANE, Pipeline

OTHER = lane_id("main", "kling-v2-6")
BEFORE = lane_id("main", "a-model")
"""A lane that the sweep looks at before `LANE`."""


def spoil(pipeline: Pipeline, key: dict[str, Any], **fields: object) -> None:
    """Write fields into a row, whatever it held there."""
    names = {f"#{name}": name for name in fields}
    pipeline.client.update_item(
        TableName="reelwright",
        Key=key,
        UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in fields),
        ExpressionAttributeNames=names,
        ExpressionAttributeValues=encode({f":{name}": value for name, value in fields.items()}),
    )


def row(pipeline: Pipeline, key: dict[str, Any]) -> dict[str, Any]:
    """A row as the table has it."""
    found: dict[str, Any] = pipeline.client.get_item(TableName="reelwright", Key=key)["Item"]
    return found


def lease(pipeline: Pipeline, name: str, lane: str = LANE) -> None:
    """A slot that lapses now, written by hand."""
    held = {"slots": {name: {"tenant": "acme", "expires_ms": pipeline.clock.now_ms()}}, "running": {"acme": 1}}
    pipeline.lanes.get(lane)
    spoil(pipeline, keys.lane(lane), **held)


def over(pipeline: Pipeline) -> str:
    """A job that is over, its hold still open."""
    job = pipeline.job(pipeline.submit().job_id)
    pipeline.jobs.save(job, moves.ended(job, Status.CANCELED, "cancel", pipeline.clock.now_ms()))
    return job.id


def erase(pipeline: Pipeline, job_id: str) -> None:
    """The job goes, its hold stays, as when a tenant is erased."""
    pipeline.client.delete_item(TableName="reelwright", Key=keys.job(job_id))


def lose_budget(pipeline: Pipeline, job_id: str) -> None:
    """What the hold would be settled against is gone: it can never be closed."""
    pipeline.client.delete_item(TableName="reelwright", Key=keys.budget("acme", pipeline.job(job_id).budget_month))


def book(pipeline: Pipeline, job_id: str) -> None:
    """The ledger says that the hold was released, which its row denies."""
    entry = keys.entry("acme", pipeline.job(job_id).budget_month, job_id, "release")
    pipeline.client.put_item(TableName="reelwright", Item=entry)


@pytest.mark.parametrize(
    ("hindrance", "failures"),
    [(erase, 1), (lose_budget, 1), (book, 0)],
    ids=["job gone", "budget gone", "not closable"],
)
def test_a_hold_that_cannot_be_settled_is_put_off(
    pipeline: Pipeline, hindrance: Callable[[Pipeline, str], None], failures: int
) -> None:
    """It is the hold that moves out of the way, so it is asked about again after an hour, not every minute."""
    job_id = over(pipeline)
    hindrance(pipeline, job_id)
    pipeline.clock.advance(QUESTION_SECONDS)
    assert [pipeline.sweeping.sweep() for _ in range(3)] == [0, 0, 0]
    assert pipeline.telemetry.counts.get("RepairFailed", 0) == failures
    due_ms = int(row(pipeline, keys.hold("acme", job_id))["due_ms"]["N"])
    assert due_ms == pipeline.clock.now_ms() + AGAIN_SECONDS * 1000


def test_many_orphaned_holds_do_not_hide_one_that_can_be_settled(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full look of holds whose jobs are gone is not the last."""
    monkeypatch.setattr("reelwright.use_cases.sweep.BATCH", 1)
    for _ in range(8):
        erase(pipeline, over(pipeline))
        pipeline.clock.advance(0.001)
    good = over(pipeline)
    pipeline.clock.advance(QUESTION_SECONDS)
    assert sum(pipeline.sweeping.sweep() for _ in range(9)) == 1
    assert row(pipeline, keys.hold("acme", good))["state"]["S"] == "closed"


def test_a_job_that_is_over_yet_due_moves_out_of_the_way(pipeline: Pipeline) -> None:
    """A row that somebody edited is not at the head of every look for good."""
    job_id = over(pipeline)
    spoil(pipeline, keys.job(job_id), due_ms=0, due_shard=keys.due_shard(job_id))
    pipeline.sweeping.sweep()
    assert (pipeline.job(job_id).due_ms or 0) > pipeline.clock.now_ms()


@pytest.mark.parametrize("spoiled", [{"type": "?"}, {"attempts": "?"}], ids=["unreadable", "without attempts"])
def test_a_slot_whose_job_cannot_be_read_is_kept_and_hides_no_other(
    pipeline: Pipeline, spoiled: dict[str, object]
) -> None:
    """Its task may be at Kling. The slots and lanes behind it are tended, and their lane is woken."""
    job_id = pipeline.submit().job_id
    spoil(pipeline, keys.job(job_id), status=Status.GENERATING, **spoiled)
    bad = external_id(job_id, 1)
    lease(pipeline, bad, BEFORE)
    lease(pipeline, external_id("job_gone", 1))
    pipeline.submit()
    pipeline.hints.sent.clear()
    assert pipeline.sweeping.sweep() == 1
    assert (list(pipeline.lanes.get(BEFORE).slots), pipeline.lanes.get(LANE).slots) == ([bad], {})
    assert [lane for lane, *_ in pipeline.hints.sent] == [LANE]
    assert pipeline.telemetry.counts["RepairFailed"] == 1


@pytest.mark.parametrize("name", ["garbage", "garbage-x", "{job}-x", "{job}-2"])
def test_a_slot_that_names_no_attempt_is_freed(pipeline: Pipeline, name: str) -> None:
    """Whatever somebody wrote there: once it lapses it is nobody's."""
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    lease(pipeline, name.format(job=job_id), OTHER)
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.lanes.get(OTHER).slots == {}


def test_a_lane_that_cannot_be_woken_hides_no_other(pipeline: Pipeline) -> None:
    """A row whose key is no lane's fails alone; slots that were freed before count as freed."""
    lease(pipeline, "nobody-1", "A")
    waiting = pipeline.submit().job_id
    pipeline.lanes.get(LANE)
    pipeline.hints.sent.clear()
    assert pipeline.sweeping.sweep() == 1
    assert waiting in {hinted for _, _, hinted, _ in pipeline.hints.sent}
    assert pipeline.telemetry.counts["RepairFailed"] == 1


def test_a_lane_row_that_cannot_be_read_ends_no_sweep(pipeline: Pipeline) -> None:
    """Counted and left out; jobs are repaired and other lanes tended. Whoever did not ask for that hears of it."""
    pipeline.lanes.get(BEFORE)
    spoil(pipeline, keys.lane(BEFORE), slots="?")
    lease(pipeline, "nobody-1")
    waiting = pipeline.submit().job_id
    pipeline.hints.sent.clear()
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    assert pipeline.sweeping.sweep() == 2
    assert waiting in {hinted for _, _, hinted, _ in pipeline.hints.sent}
    assert pipeline.telemetry.counts["RepairFailed"] == 1
    with pytest.raises(AttributeError):
        pipeline.lanes.all()


def experienced(pipeline: Pipeline) -> None:
    """A lane that has finished a task of two minutes."""
    first = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.clock.advance(120)
    pipeline.provider.finish(external_id(first, 1))
    pipeline.finalizing.finalize(first, 1)


def test_a_job_that_waits_is_told_anew_after_the_repairs(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it may expect is said last; where no forecast can be made, all repairs are made all the same."""
    experienced(pipeline)
    waiting = pipeline.submit().job_id
    before = pipeline.job(waiting).expected_ms
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    monkeypatch.setattr("reelwright.adapters.aws.table.jobs.TableJobs.backlog", broken)
    pipeline.hints.sent.clear()
    assert pipeline.sweeping.sweep() == 1
    assert pipeline.telemetry.counts["ForecastFailed"] == 1
    assert (pipeline.job(waiting).expected_ms, pipeline.hints.sent[0][2]) == (before, waiting)
    monkeypatch.undo()
    later = pipeline.submit().job_id
    pipeline.clock.advance(pipeline.policy.hint_repair_seconds)
    pipeline.sweeping.sweep()
    assert pipeline.job(later).expected_ms == pipeline.clock.now_ms() + 120_000 * 9 // 8


def broken(*_: object) -> Iterator[object]:
    """No backlog can be read."""
    raise ConnectionError


def test_only_so_many_waiting_jobs_are_counted(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lane's row holds the tenants that wait, and no backlog may make it outgrow what a row can hold."""
    monkeypatch.setattr(forecasting, "WAITING", 2)
    experienced(pipeline)
    for name in ("a", "b", "c"):
        pipeline.tenant(name)
        pipeline.submit(name)
    pipeline.sweeping.sweep()
    assert set(row(pipeline, keys.lane(LANE))["forecast"]["M"]["waiting"]["M"]) == {"a", "b"}


def counted(pipeline: Pipeline, **running: int) -> Lane:
    """A lane whose row counts so many running jobs of each tenant."""
    pipeline.lanes.get(LANE)
    spoil(pipeline, keys.lane(LANE), running=running)
    return pipeline.lanes.get(LANE)


def test_a_lane_forgets_whom_it_serves_no_more(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """So much a write, down to a few; tenants with running jobs stay."""
    monkeypatch.setattr(tending, "IDLE", 2)
    monkeypatch.setattr(tending, "FORGOTTEN", 2)
    counted(pipeline, a=0, b=0, c=1, d=0, e=0, f=0)
    pipeline.sweeping.sweep()
    assert pipeline.lanes.get(LANE).idle == ("d", "e", "f")
    pipeline.sweeping.sweep()
    pipeline.sweeping.sweep()
    assert set(row(pipeline, keys.lane(LANE))["running"]["M"]) == {"c", "f"}


def test_as_many_tenants_as_one_write_forgets_fit_into_it(pipeline: Pipeline) -> None:
    """With ids of the greatest length."""
    counted(pipeline, **{f"{number:063d}": 0 for number in range(tending.IDLE + 1)})
    pipeline.sweeping.sweep()
    assert len(pipeline.lanes.get(LANE).idle) == tending.IDLE + 1 - tending.FORGOTTEN


def test_a_tenant_that_is_served_meanwhile_is_not_forgotten(pipeline: Pipeline) -> None:
    """The zero must still be one when it goes; a claim and a release after it find their count either way."""
    lane = counted(pipeline, acme=0, zoe=0)
    pipeline.submit()
    pipeline.dispatch()
    assert pipeline.lanes.forget(LANE, lane.idle) is False
    assert row(pipeline, keys.lane(LANE))["running"]["M"] == {"acme": {"N": "1"}, "zoe": {"N": "0"}}
    assert pipeline.lanes.forget(LANE, ("zoe",)) is True
    pipeline.tenant("zoe")
    done = pipeline.submit("zoe").job_id
    pipeline.dispatch(done, "zoe")
    pipeline.provider.finish(external_id(done, 1))
    pipeline.finalizing.finalize(done, 1)
    assert row(pipeline, keys.lane(LANE))["running"]["M"] == {"acme": {"N": "1"}, "zoe": {"N": "0"}}


@dataclass
class Gauges(FakeTelemetry):
    """Remembers which lanes were measured."""

    lanes: list[str] = field(default_factory=list)

    def measure(self, metric: str, value: float, unit: str, *, dimension: tuple[str, str] | None = None) -> None:
        del value, unit
        if metric == "OldestWaitingSeconds" and dimension:
            self.lanes.append(dimension[1])


@pytest.mark.parametrize(("bad", "slots"), [(BEFORE, "?"), ("A", {})], ids=["unreadable", "no lane's key"])
def test_a_lane_that_cannot_be_looked_at_hides_no_other(pipeline: Pipeline, bad: str, slots: object) -> None:
    """The gauges of the others are told, and what is missing is counted."""
    pipeline.lanes.get(bad)
    spoil(pipeline, keys.lane(bad), slots=slots)
    pipeline.lanes.get(LANE)
    told = Gauges()
    ObserveLanes(pipeline.jobs, pipeline.lanes, pipeline.clock, told, ("main",)).observe()
    assert (told.lanes, told.counts["ObservationFailed"]) == ([LANE], 1)
