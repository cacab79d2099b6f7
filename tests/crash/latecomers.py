"""In each probe somebody comes late with what was true before, and must not write it."""

from collections.abc import Callable, Iterator
from unittest.mock import patch

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import encode
from reelwright.domain.errors import TooManyRequests
from reelwright.domain.forecast import Forecast
from tests.crash import cloud
from tests.support.pipeline import LANE, Pipeline


def paused_meanwhile() -> Iterator[str]:
    """A lane that was paused after a dispatcher read it leases nothing."""
    yield from _leased_though(paused=True)


def cooling_meanwhile() -> Iterator[str]:
    """Nor does one that rests since then."""
    yield from _leased_though(cool_until_ms=10**15)


def same_pace() -> Iterator[str]:
    """Two dispatchers that saw the lane alike do not both take its next turn of the minute."""
    pipeline = _pipeline()
    _set_lane(pipeline, requests_per_minute=1)
    pipeline.submit()
    before = pipeline.lanes.get(LANE)
    pipeline.dispatch()
    pipeline.submit()
    with patch.object(pipeline.lanes, "get", lambda _lane_id: before):
        pipeline.dispatch()
    lane = pipeline.lanes.get(LANE)
    if lane.tat_ms < pipeline.clock.now_ms() + len(lane.slots) * lane.interval_ms:
        yield f"{len(lane.slots)} creates in one turn"


def renewed_meanwhile() -> Iterator[str]:
    """Who saw a lease lapse does not free it once it is renewed."""
    pipeline, job_id = _at_kling()
    slot = pipeline.lanes.get(LANE).slots[f"{job_id}-1"]
    pipeline.lanes.renew(LANE, f"{job_id}-1", slot.expires_ms + 1)
    pipeline.lanes.free(LANE, f"{job_id}-1", slot.expires_ms)
    if not pipeline.lanes.get(LANE).slots:
        yield "a living job's slot was freed"


def closed_twice() -> Iterator[str]:
    """A hold that is closed gives nothing back again."""
    pipeline, job_id = _at_kling()
    running = pipeline.job(job_id)
    pipeline.provider.finish(f"{job_id}-1")
    pipeline.finalizing.finalize(job_id, 1)
    left = pipeline.left()
    pipeline.jobs.close_hold(running)
    if pipeline.left() != left:
        yield f"{pipeline.left()} instead of {left} left"


def rate_used_up() -> Iterator[str]:
    """The request after the last one of the minute is refused."""
    pipeline = _pipeline()
    pipeline.tenant(rate=1)
    pipeline.submit()
    try:
        pipeline.submit()
    except TooManyRequests:
        return
    yield "two requests in a minute of one"


def called_back_meanwhile() -> Iterator[str]:
    """News that came after somebody read the job are not wiped away with those that it read."""
    pipeline, job_id = _at_kling()
    pipeline.jobs.note_callback(job_id, 1, 1)
    read = pipeline.job(job_id)
    pipeline.jobs.note_callback(job_id, 1, 2)
    pipeline.jobs.clear_callback(read)
    if pipeline.job(job_id).callback_ms != 2:
        yield "the later callback is forgotten"


def made_meanwhile() -> Iterator[str]:
    """The first look at a lane does not make it anew when somebody else was first."""
    pipeline, _ = _at_kling()
    genuine = pipeline.client.get_item
    looks: Iterator[Callable[..., object]] = iter([lambda **_asked: {}])

    def look(**asked: object) -> object:
        return next(looks, genuine)(**asked)

    with patch.object(pipeline.client, "get_item", look):
        pipeline.lanes.get(LANE)
    if not pipeline.lanes.get(LANE).slots:
        yield "the lane lost its leases"


def counted_meanwhile() -> Iterator[str]:
    """A forecast does not write away the task that ended since the lane was read."""
    pipeline, job_id = _at_kling()
    before = pipeline.lanes.get(LANE)
    pipeline.provider.finish(f"{job_id}-1")
    pipeline.finalizing.finalize(job_id, 1)
    pipeline.lanes.publish(before, Forecast(1, 1, 1))
    if pipeline.lanes.get(LANE).recent.tasks == 0:
        yield "a task that ended is not counted"


def booked_twice() -> Iterator[str]:
    """A wake that is booked is not booked again."""
    pipeline = _pipeline()
    pipeline.lanes.get(LANE)
    if [pipeline.lanes.book_wake(LANE, 1_000, 500) for _ in range(2)] != [True, False]:
        yield "two wakes for one moment"


def _leased_though(**fields: object) -> Iterator[str]:
    pipeline = _pipeline()
    pipeline.submit()
    _late_dispatch(pipeline, lambda: _set_lane(pipeline, **fields))
    if pipeline.lanes.get(LANE).slots:
        yield f"a slot was leased though {sorted(fields)}"


def _late_dispatch(pipeline: Pipeline, meanwhile: Callable[[], object]) -> None:
    """Dispatch with the lane as it was before something else happened."""
    before = pipeline.lanes.get(LANE)
    meanwhile()
    with patch.object(pipeline.lanes, "get", lambda _lane_id: before):
        pipeline.dispatch()


def _set_lane(pipeline: Pipeline, **fields: object) -> None:
    pipeline.lanes.get(LANE)
    pipeline.client.update_item(
        TableName=cloud.TABLE,
        Key=keys.lane(LANE),
        UpdateExpression="SET " + ", ".join(f"{name} = :{name}" for name in fields),
        ExpressionAttributeValues=encode({f":{name}": value for name, value in fields.items()}),
    )


def _pipeline() -> Pipeline:
    cloud.empty()
    made = Pipeline(client("dynamodb"), cloud.TABLE)
    made.tenant()
    return made


def _at_kling() -> tuple[Pipeline, str]:
    pipeline = _pipeline()
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    return pipeline, job_id
