"""Lanes: what several write at the same time is all kept."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from reelwright.domain import pacing
from reelwright.domain.forecast import Forecast
from reelwright.domain.lane import Lane
from tests.crash import staged
from tests.support.pipeline import LANE, Pipeline


def made_meanwhile() -> Iterator[str]:
    """The first look at a lane does not make it anew when somebody else was first."""
    pipeline, _ = staged.at_kling()
    genuine = pipeline.client.get_item
    looks: Iterator[Callable[..., object]] = iter([lambda **_asked: {}])

    def look(**asked: object) -> object:
        return next(looks, genuine)(**asked)

    with patch.object(pipeline.client, "get_item", look):
        pipeline.lanes.get(LANE)
    if not pipeline.lanes.get(LANE).slots:
        yield "the lane lost its leases"


def taught_meanwhile() -> Iterator[str]:
    """Of two lessons at the same time none is lost."""
    pipeline = staged.pipeline()
    _overtaken(pipeline, pacing.succeeded, lambda: pipeline.lanes.learn(LANE, pacing.succeeded, 1))
    if pipeline.lanes.get(LANE).lessons.version != 2:
        yield "a lesson is lost"


def cooled_meanwhile() -> Iterator[str]:
    """A lesson about when the lane opens is never written over a rest that it did not see."""
    yield from _moved_meanwhile("cool_until_ms")


def turned_meanwhile() -> Iterator[str]:
    """Nor one about its next turn over a claim's."""
    yield from _moved_meanwhile("tat_ms")


def counted_meanwhile() -> Iterator[str]:
    """A forecast does not write away the task that ended since the lane was read."""
    pipeline, job_id = staged.at_kling()
    before = pipeline.lanes.get(LANE)
    staged.finish(pipeline, job_id)
    pipeline.lanes.publish(before, Forecast(1, 1, 1))
    if pipeline.lanes.get(LANE).recent.tasks == 0:
        yield "a task that ended is not counted"


def served_meanwhile() -> Iterator[str]:
    """A tenant whose job runs by now is not forgotten with those that run none."""
    pipeline, _ = staged.ended()
    idle = pipeline.lanes.get(LANE).idle
    pipeline.submit()
    pipeline.dispatch()
    pipeline.lanes.forget(LANE, idle)
    running, slots = staged.served()
    if running != slots:
        yield f"{running} running in {slots} slots"


def booked_twice() -> Iterator[str]:
    """A wake that is booked is not booked again."""
    pipeline = staged.pipeline()
    pipeline.lanes.get(LANE)
    if [pipeline.lanes.book_wake(LANE, 1_000, 500) for _ in range(2)] != [True, False]:
        yield "two wakes for one moment"


def _overtaken(pipeline: Pipeline, lesson: pacing.Lesson, meanwhile: Callable[[], object]) -> None:
    """Teach a lane while something else happens to it once."""
    others = iter([meanwhile])

    def slow(lane: Lane, now_ms: int) -> Lane:
        for other in others:
            other()
        return lesson(lane, now_ms)

    pipeline.lanes.learn(LANE, slow, 1)


def _moved_meanwhile(name: str) -> Iterator[str]:
    pipeline = staged.pipeline()
    _overtaken(pipeline, _later(name), lambda: staged.set_lane(pipeline, **{name: 5_000}))
    if (found := getattr(pipeline.lanes.get(LANE), name)) != 5_001:
        yield f"{name} is {found}"


def _later(name: str) -> pacing.Lesson:
    def lesson(lane: Lane, now_ms: int) -> Lane:
        later: dict[str, Any] = {name: getattr(lane, name) + 1}
        return replace(pacing.succeeded(lane, now_ms), **later)

    return lesson
