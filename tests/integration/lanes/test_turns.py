"""Who gets a lane's next slot, over the real table."""

from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline


def test_only_as_many_jobs_as_slots_are_at_kling(pipeline: Pipeline) -> None:
    """The third job of a lane with two slots waits, and takes the slot that the first one frees."""
    ids = [pipeline.submit().job_id for _ in range(3)]
    assert pipeline.dispatch() == 2
    assert [pipeline.job(one).status for one in ids] == [Status.GENERATING, Status.GENERATING, Status.QUEUED]
    pipeline.provider.finish(f"{ids[0]}-1")
    pipeline.finalizing.finalize(ids[0], 1)
    assert pipeline.dispatch() == 1
    assert pipeline.job(ids[2]).status is Status.GENERATING


def test_tenants_take_turns(pipeline: Pipeline) -> None:
    """A tenant with one job does not wait behind another tenant's many."""
    pipeline.tenant("zoe")
    for _ in range(5):
        pipeline.submit()
    late = pipeline.submit("zoe").job_id
    assert pipeline.dispatch() == 2
    assert pipeline.job(late).status is Status.GENERATING


def test_a_tenants_cap_leaves_slots_to_others(pipeline: Pipeline) -> None:
    """With a cap of one, the second slot stays free for somebody else."""
    pipeline.tenant("solo", at_once=1)
    for _ in range(3):
        pipeline.submit("solo")
    assert pipeline.dispatch(tenant="solo") == 1
    assert pipeline.free() == 1


def test_priority_goes_before_age(pipeline: Pipeline) -> None:
    """Within a tenant the higher priority is served first."""
    first = pipeline.submit().job_id
    pipeline.clock.advance(1)
    urgent = pipeline.submit(priority=5).job_id
    pipeline.clock.advance(1)
    second = pipeline.submit(priority=1).job_id
    pipeline.dispatch()
    assert pipeline.job(first).status is Status.QUEUED
    assert pipeline.job(urgent).status is pipeline.job(second).status is Status.GENERATING
