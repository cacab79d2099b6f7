"""A create stayed unanswered, and the one that was sent again is refused: the first may have been taken since."""

import pytest

from reelwright.domain.provider_errors import LookUpFailed, OutcomeUnknown, Refused
from reelwright.domain.status import Status
from tests.support.pipeline import Pipeline

REFUSALS = (Refused("no", code="1301"), Refused("in other words: there is one", code="1201"))


@pytest.fixture
def quiet(pipeline: Pipeline) -> str:
    """The job of a create that was never answered and left nothing at Kling, its quiet period over."""
    pipeline.provider.script = [OutcomeUnknown("timeout")]
    job_id = pipeline.submit().job_id
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.quiet_seconds)
    return job_id


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_what_was_taken_meanwhile_is_adopted(pipeline: Pipeline, quiet: str, refusal: Refused) -> None:
    """The task came between the look-up and the second create: the job does not fail while Kling makes its video."""
    pipeline.provider.script, pipeline.provider.accept_before_raising = [refusal], True
    pipeline.dispatch(quiet)
    assert (pipeline.job(quiet).status, pipeline.provider.creates) == (Status.GENERATING, 1)


def test_a_refusal_is_not_believed_while_kling_cannot_be_asked(pipeline: Pipeline, quiet: str) -> None:
    """Hold and slot stay until a look-up answers."""
    pipeline.provider.script, pipeline.provider.look_up_script = [REFUSALS[0]], [None, LookUpFailed("not now")]
    pipeline.dispatch(quiet)
    assert (pipeline.job(quiet).status, pipeline.free()) == (Status.SUBMITTING, pipeline.slots - 1)


def test_a_refusal_of_what_is_not_there_ends_the_job(pipeline: Pipeline, quiet: str) -> None:
    """Nothing was made, nothing is held."""
    pipeline.provider.script = [REFUSALS[0]]
    pipeline.dispatch(quiet)
    assert (pipeline.job(quiet).status, pipeline.free()) == (Status.FAILED, pipeline.slots)
