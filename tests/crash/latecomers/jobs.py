"""Jobs: who read one before somebody else moved it, or hears of it too late, changes nothing."""

from collections.abc import Callable, Iterator

from reelwright.domain import moves
from reelwright.domain.errors import Stale
from reelwright.domain.status import Status
from reelwright.use_cases.ports import OpenHold
from tests.crash import cloud, staged
from tests.support.pipeline import Pipeline


def saved_meanwhile() -> Iterator[str]:
    """Of two that read the same job one alone saves it."""
    pipeline, job_id = staged.at_kling()
    read = pipeline.job(job_id)
    pipeline.jobs.save(read, moves.touched(read, 1, due_ms=1))
    if not staged.refused(lambda: pipeline.jobs.save(read, moves.touched(read, 2, due_ms=2)), Stale):
        yield "the first save is lost"


def sent_meanwhile() -> Iterator[str]:
    """Who read a job while it waited can neither cancel it nor send it once it is at Kling."""
    pipeline = staged.pipeline()
    read = pipeline.job(pipeline.submit().job_id)
    pipeline.dispatch()
    if not staged.refused(lambda: pipeline.jobs.settle(read, moves.ended(read, Status.CANCELED, "cancel", 1)), Stale):
        yield "a paid task's job is canceled"


def called_back_meanwhile() -> Iterator[str]:
    """News that came after somebody read the job are not wiped away with those that it read."""
    pipeline, job_id = staged.at_kling()
    pipeline.jobs.note_callback(job_id, 1, 1)
    read = pipeline.job(job_id)
    pipeline.jobs.note_callback(job_id, 1, 2)
    pipeline.jobs.clear_callback(read)
    if pipeline.job(job_id).callback_ms != 2:
        yield "the later callback is forgotten"


def told_of_an_earlier_attempt() -> Iterator[str]:
    """News of an attempt that is over are not taken for news of the one that runs."""
    pipeline, job_id = second_attempt()
    yield from _changed(job_id, lambda: pipeline.jobs.note_callback(job_id, 1, 1))


def told_when_over() -> Iterator[str]:
    """News of a job that is over change nothing."""
    pipeline, job_id = staged.ended()
    yield from _changed(job_id, lambda: pipeline.jobs.note_callback(job_id, 1, 1))


def put_off_when_over() -> Iterator[str]:
    """A job that is over is not due again, and one that is gone does not come back."""
    pipeline, job_id = staged.ended()
    yield from _changed(job_id, lambda: pipeline.jobs.defer(job_id, 1))


def question_put_off_when_closed() -> Iterator[str]:
    """A hold that is closed is not asked about again."""
    pipeline, job_id = staged.ended()
    hold = OpenHold("acme", job_id)
    yield from _changed(job_id, lambda: pipeline.jobs.defer_hold(hold, 1))


def expected_when_sent() -> Iterator[str]:
    """What a waiting job may expect is not said of one that was sent."""
    pipeline, job_id = staged.at_kling()
    yield from _changed(job_id, lambda: pipeline.jobs.expect(job_id, 1))


def second_attempt() -> tuple[Pipeline, str]:
    """A job whose first attempt failed and whose second one is at Kling."""
    pipeline, job_id = staged.at_kling(max_attempts=2)
    pipeline.provider.fail(f"{job_id}-1", "internal error")
    pipeline.finalizing.finalize(job_id, 1)
    pipeline.dispatch()
    return pipeline, job_id


def _changed(job_id: str, late: Callable[[], object]) -> Iterator[str]:
    before = cloud.rows()
    late()
    if cloud.rows() != before:
        yield f"{job_id} was changed too late"
