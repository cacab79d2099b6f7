"""Kling has taken an external id, and shows no task of it; or it tells of the end before it answers the create."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from reelwright.domain.errors import Stale
from reelwright.domain.provider_errors import AlreadyExists, LookUpFailed, OutcomeUnknown, ProviderError
from reelwright.domain.status import Status
from reelwright.domain.task import Task, TaskStatus
from reelwright.use_cases.ports import Submission
from tests.support.fake_provider import FakeProvider
from tests.support.pipeline import Pipeline

TAKEN = AlreadyExists("exists", code="1201")


def resumed(pipeline: Pipeline, job_id: str) -> Status:
    """A quiet period later somebody looks again."""
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    pipeline.dispatch(job_id)
    return pipeline.job(job_id).status


@pytest.fixture
def hidden(pipeline: Pipeline) -> str:
    """The job of a create that was not answered; every other one is told that the id is taken."""
    pipeline.provider.script = [OutcomeUnknown("timeout"), *[TAKEN] * 30]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    return job_id


def test_a_task_that_shows_up_after_repeats_were_refused_is_adopted(pipeline: Pipeline, hidden: str) -> None:
    """Each repeat goes out under the same id after a look-up; the hold and the slot wait with the job."""
    assert [resumed(pipeline, hidden) for _ in range(3)] == [Status.SUBMITTING] * 3
    assert (pipeline.left(), pipeline.free()) == (Decimal("98.5"), pipeline.slots - 1)
    pipeline.provider.tasks[f"{hidden}-1"] = Task("t1", f"{hidden}-1", TaskStatus.PROCESSING)
    assert resumed(pipeline, hidden) is Status.GENERATING
    assert (len(pipeline.job(hidden).attempts), pipeline.job(hidden).attempt.task_id) == (1, "t1")


def test_a_task_that_never_shows_up_is_given_up_after_the_deadline(pipeline: Pipeline, hidden: str) -> None:
    """Not before, and then nothing stays held."""
    for _ in range(24):
        assert resumed(pipeline, hidden) is Status.SUBMITTING
        pipeline.clock.advance(3_600 - pipeline.policy.quiet_seconds)
    assert resumed(pipeline, hidden) is Status.FAILED
    assert (pipeline.left(), pipeline.free()) == (Decimal(100), pipeline.slots)


@dataclass
class Hasty(FakeProvider):
    """Makes the video and calls back before it answers; then it answers, or nothing comes (`then`)."""

    call_back: Callable[[str], object] = print
    then: ProviderError | None = None

    def submit(self, submission: Submission) -> Task:
        task = super().submit(submission)
        self.finish(submission.external_id)
        self.call_back(submission.callback_url.rpartition("/")[2])
        if self.then:
            raise self.then
        return task


@pytest.mark.parametrize("then", [None, OutcomeUnknown("timeout"), TAKEN], ids=["answer", "silence", "exists"])
def test_news_before_the_creates_answer_are_kept(pipeline: Pipeline, then: ProviderError | None) -> None:
    """The row was written meanwhile: what the create (or the look-up) says is recorded all the same, once."""
    hasty = Hasty(then=then)
    made = Pipeline(pipeline.client, pipeline.table, clock=pipeline.clock, provider=hasty)
    hasty.call_back = lambda capability: made.calling_back.receive(capability, {}, b"end")
    job_id = made.submit().job_id
    made.dispatch()
    job = made.job(job_id)
    assert (job.status, job.attempt.task_id, hasty.creates) == (Status.GENERATING, "t1", 1)
    assert job.callback_ms is not None
    assert made.finalizing.finalize(job_id, 1) == Status.SUCCEEDED


def test_news_of_what_cannot_be_looked_up_wait_for_the_sweep(pipeline: Pipeline) -> None:
    """No answer, no look-up, but a callback: the dispatcher lost its row, and the lapsed lease brings the next one."""
    hasty = Hasty(then=OutcomeUnknown("timeout"), look_up_script=[LookUpFailed("not now")])
    made = Pipeline(pipeline.client, pipeline.table, clock=pipeline.clock, provider=hasty)
    hasty.call_back = lambda capability: made.calling_back.receive(capability, {}, b"end")
    job_id = made.submit().job_id
    with pytest.raises(Stale):
        made.dispatch()
    made.clock.advance(made.policy.submit_lease_seconds)
    made.sweeping.sweep()
    made.dispatch(made.hints.sent[-1][2])
    assert (made.job(job_id).status, hasty.creates) == (Status.GENERATING, 1)
