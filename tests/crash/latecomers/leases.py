"""Slots: leased within the limits of now, renewed and given back by who still holds them."""

from collections.abc import Iterator

from reelwright.domain.lane import Lane
from tests.crash import staged
from tests.support.pipeline import LANE, Pipeline


def last_slot_taken() -> Iterator[str]:
    """A dispatcher that read the lane before another one took the last slot takes none."""
    yield from _too_many(staged.pipeline(slots=1), "slots")


def cap_reached() -> Iterator[str]:
    """A dispatcher that read the lane before the tenant reached its cap takes no slot for it."""
    yield from _too_many(staged.pipeline(at_once=1), "of the tenant")


def paused_meanwhile() -> Iterator[str]:
    """A lane that was paused after a dispatcher read it leases nothing."""
    yield from _leased_though(paused=True)


def cooling_meanwhile() -> Iterator[str]:
    """Nor does one that rests since then."""
    yield from _leased_though(cool_until_ms=10**15)


def same_pace() -> Iterator[str]:
    """Two dispatchers that saw the lane alike do not both take its next turn of the minute."""
    pipeline = staged.pipeline()
    staged.set_lane(pipeline, requests_per_minute=1)
    before = _two_for_one(pipeline)
    staged.late_dispatch(pipeline, before)
    lane = pipeline.lanes.get(LANE)
    if lane.tat_ms < pipeline.clock.now_ms() + len(lane.slots) * lane.interval_ms:
        yield f"{len(lane.slots)} creates in one turn"


def left_over() -> Iterator[str]:
    """A lease that something left behind is not leased over: it would be counted twice and given back once."""
    pipeline = staged.pipeline()
    name = f"{pipeline.submit().job_id}-1"
    staged.set_lane(pipeline, slots={name: {"tenant": "acme", "expires_ms": 1}}, running={"acme": 1})
    pipeline.dispatch()
    running, slots = staged.served()
    if running != slots:
        yield f"{running} running in {slots} slots"


def renewed_meanwhile() -> Iterator[str]:
    """Who saw a lease lapse does not free it once it is renewed."""
    pipeline, job_id = staged.at_kling()
    slot = pipeline.lanes.get(LANE).slots[f"{job_id}-1"]
    pipeline.lanes.renew(LANE, f"{job_id}-1", slot.expires_ms + 1)
    pipeline.lanes.free(LANE, f"{job_id}-1", slot.expires_ms)
    if not pipeline.lanes.get(LANE).slots:
        yield "a living job's slot was freed"


def freed_before_the_end() -> Iterator[str]:
    """A slot that an operator freed is not counted down again at the job's end."""
    pipeline, job_id = _freed()
    staged.finish(pipeline, job_id)
    running, _ = staged.served()
    if running:
        yield f"{running} running after the end"


def freed_before_renewal() -> Iterator[str]:
    """Renewing a lease that is gone does nothing, and says so."""
    pipeline, job_id = _freed()
    told = staged.refused(
        lambda: pipeline.lanes.renew(LANE, f"{job_id}-1", 10**15), pipeline.client.exceptions.ClientError
    )
    if told or pipeline.lanes.get(LANE).slots:
        yield "the sweep stumbles over a lease that is gone"


def _freed() -> tuple[Pipeline, str]:
    pipeline, job_id = staged.at_kling()
    slot = pipeline.lanes.get(LANE).slots[f"{job_id}-1"]
    pipeline.lanes.free(LANE, f"{job_id}-1", slot.expires_ms)
    return pipeline, job_id


def _too_many(pipeline: Pipeline, what: str) -> Iterator[str]:
    """Two jobs, room for one, and a second dispatcher that still sees the lane as it was."""
    staged.late_dispatch(pipeline, _two_for_one(pipeline))
    if len(pipeline.lanes.get(LANE).slots) > 1:
        yield f"more leases than {what} allowed"


def _two_for_one(pipeline: Pipeline) -> Lane:
    """One job is sent and another one waits; the lane as it was before."""
    pipeline.submit()
    before = pipeline.lanes.get(LANE)
    pipeline.dispatch()
    pipeline.submit()
    return before


def _leased_though(**fields: object) -> Iterator[str]:
    pipeline = staged.pipeline()
    pipeline.submit()
    before = pipeline.lanes.get(LANE)
    staged.set_lane(pipeline, **fields)
    staged.late_dispatch(pipeline, before)
    if pipeline.lanes.get(LANE).slots:
        yield f"a slot was leased though {sorted(fields)}"
