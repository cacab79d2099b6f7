"""A create that is accepted lets the lanes of its account try again."""

from dataclasses import dataclass, field
from unittest.mock import patch

import pytest

from reelwright.domain.provider_errors import AccountBlocked
from reelwright.domain.task import Task
from reelwright.use_cases.ports import Submission
from tests.integration.lanes.two_models import OTHER, OTHER_CLIP
from tests.support.fake_provider import FakeProvider
from tests.support.pipeline import LANE, Pipeline


def test_one_accepted_create_opens_all_lanes_of_the_account(pipeline: Pipeline) -> None:
    """The other model's lane does not wait for a try of its own."""
    pipeline.provider.script = [AccountBlocked("keys", code="1002")]
    pipeline.submit()
    pipeline.submit(clip=OTHER_CLIP)
    pipeline.lanes.get(OTHER)
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.blocked_cool_seconds)
    pipeline.hints.sent.clear()
    assert pipeline.dispatch() == 1
    assert (OTHER, "", None, 0) in pipeline.hints.sent
    assert pipeline.dispatch(lane=OTHER) == 1


def test_a_success_opens_the_others_whatever_its_own_last_refusal_was(pipeline: Pipeline) -> None:
    """1101 closed both, then the lane's own pack was empty: a create that is accepted proves the account well."""
    pipeline.provider.script = [AccountBlocked("arrears", code="1101"), AccountBlocked("empty", code="1102")]
    pipeline.submit()
    pipeline.lanes.get(OTHER)
    for _ in range(2):
        pipeline.dispatch()
        pipeline.clock.advance(4 * pipeline.policy.blocked_cool_seconds)
    assert pipeline.lanes.get(OTHER).lessons.code == "1101"
    assert pipeline.dispatch() == 1
    assert not pipeline.lanes.get(OTHER).lessons.failures


def test_a_process_that_dies_while_it_opens_lanes_leaves_its_own_for_the_next(pipeline: Pipeline) -> None:
    """The own breaker closes last, so that the next success opens what is still closed."""
    pipeline.provider.script = [AccountBlocked("arrears", code="1101")]
    pipeline.submit()
    pipeline.submit()
    pipeline.lanes.get(OTHER)
    pipeline.dispatch()
    pipeline.clock.advance(pipeline.policy.blocked_cool_seconds)
    learn = pipeline.lanes.learn
    with patch.object(pipeline.lanes, "learn", side_effect=OSError("killed")), pytest.raises(OSError, match="killed"):
        pipeline.dispatch()
    assert learn(LANE, lambda lane, _now: lane, 0).lessons.failures
    pipeline.clock.advance(pipeline.policy.blocked_cool_seconds)
    pipeline.dispatch()
    assert not pipeline.lanes.get(OTHER).lessons.failures
    assert not pipeline.lanes.get(LANE).lessons.failures


@dataclass
class Watched(FakeProvider):
    """Looks, while a create is on its way, whether somebody else might claim."""

    pipeline: Pipeline | None = None
    others_may: list[bool] = field(default_factory=list)

    def submit(self, submission: Submission) -> Task:
        if self.pipeline:
            self.others_may.append(self.pipeline.lanes.get(LANE).open(self.pipeline.clock.now_ms()))
        return super().submit(submission)


def test_a_half_open_breaker_lets_one_create_try(pipeline: Pipeline) -> None:
    """While the first create after a break is on its way nobody else may claim; once it is taken, everybody may."""
    watched = Watched(script=[AccountBlocked("arrears", code="1101")], pipeline=pipeline)
    made = Pipeline(pipeline.client, pipeline.table, clock=pipeline.clock, provider=watched)
    for _ in range(2):
        made.submit()
    made.dispatch()
    made.clock.advance(made.policy.blocked_cool_seconds)
    made.dispatch()
    assert watched.others_may == [True, False, False]
    assert watched.creates == 2
