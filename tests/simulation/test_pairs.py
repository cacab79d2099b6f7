"""Nothing is lost and nothing paid twice when processes die at any two places."""

from collections.abc import Callable
from unittest.mock import patch

import pytest

from reelwright.use_cases.submission import SendAttempt
from tests.simulation.mutations_of_sending import resend_blindly
from tests.simulation.pairs import Story, schedules, tell
from tests.simulation.stories import STORIES

BY_NAME = {story.name: story for story in STORIES}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name.replace(" ", "-"))
def test_no_pair_of_kills_breaks_an_invariant(story: Story, record_property: Callable[[str, object], None]) -> None:
    """Every kill strikes; whatever it leaves behind, the whole history keeps I1-I6 and I10."""
    tried, broken = 0, list[str]()
    for schedule, told in schedules(story):
        tried += 1
        if told.violations or told.struck != len(schedule):
            broken.append(f"{schedule}: {told.violations[:1] or 'a kill did not strike'}")
    record_property("pairs", [tried, len(broken)])
    assert broken == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name.replace(" ", "-"))
def test_a_story_meets_what_it_is_named_for(story: Story) -> None:
    """Otherwise its pairs of kills would try something else."""
    assert story.meets <= tell(story).met


def test_a_missing_guard_breaks_pairs() -> None:
    """Without the look-up before sending again, some schedule pays twice."""
    with patch.object(SendAttempt, "_adopt_or", resend_blindly(SendAttempt._adopt_or)):  # noqa: SLF001 - the guard
        assert any(told.violations for _, told in schedules(BY_NAME["taken late by a lenient Kling"]))
