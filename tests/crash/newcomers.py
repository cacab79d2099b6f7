"""What a condition must let through, alternative by alternative. A probe says what was turned away."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from reelwright.adapters.aws.clients import client
from tests.crash import cloud, staged
from tests.crash.latecomers.operators import KEY, office
from tests.support.pipeline import LANE, Pipeline


def first_job() -> Iterator[str]:
    """A tenant's first job of a month, of a minute and in a lane, under a new key."""
    pipeline = staged.pipeline()
    yield from _served(pipeline, 1)


def second_job() -> Iterator[str]:
    """The next one, beside it."""
    pipeline, _ = staged.at_kling()
    yield from _served(pipeline, 2)


def key_used_up() -> Iterator[str]:
    """An Idempotency-Key whose time is over, which DynamoDB has not forgotten yet."""
    pipeline = staged.pipeline()
    first = pipeline.submit(idempotency_key="key").job_id
    pipeline.clock.advance(pipeline.policy.idempotency_seconds)
    yield from _turned_away(lambda: pipeline.submit(idempotency_key="key").job_id != first)


def key_replaced() -> Iterator[str]:
    """A key that has no successor yet."""
    yield from _turned_away(lambda: office().replace(KEY, "hash_2", replace(KEY, key_id="key_2")))


def older_key_replaced() -> Iterator[str]:
    """A key whose row was written before keys had successors."""
    desk = office()
    row = cloud.rows()["KEY#hash_1", "KEY"]
    del row["replaced_by"]
    client("dynamodb").put_item(TableName=cloud.TABLE, Item=row)
    yield from _turned_away(lambda: desk.replace(KEY, "hash_2", replace(KEY, key_id="key_2")))


def first_wake() -> Iterator[str]:
    """A wake where none was ever booked."""
    yield from _booked(staged.pipeline())


def wake_after_the_last() -> Iterator[str]:
    """A wake when the one that was booked is over."""
    yield from _booked(staged.pipeline(), wake_ms=500)


def earlier_wake() -> Iterator[str]:
    """A wake that comes before the one that is booked."""
    yield from _booked(staged.pipeline(), wake_ms=1_001)


def _booked(pipeline: Pipeline, **before: object) -> Iterator[str]:
    pipeline.lanes.get(LANE)
    if before:
        staged.set_lane(pipeline, **before)
    yield from _turned_away(lambda: pipeline.lanes.book_wake(LANE, 1_000, 500))


def _served(pipeline: Pipeline, jobs: int) -> Iterator[str]:
    def served() -> bool:
        pipeline.submit(idempotency_key=f"key {jobs}")
        pipeline.dispatch()
        return pipeline.provider.creates == jobs

    yield from _turned_away(served)


def _turned_away(call: Callable[[], object]) -> Iterator[str]:
    """Whether the call raises, or answers that it did nothing."""
    answers = list[object]()
    if staged.refused(lambda: answers.append(call()), Exception) or False in answers:
        yield "turned away"
