"""What is announced is forgotten soon: a process that dies leaves little to repeat."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from reelwright.use_cases.tell.announce import TOGETHER
from tests.integration.tell.told import URL, cancel_all
from tests.support.pipeline import Pipeline
from tests.support.telling import Telling


class Killed(BaseException):
    """The process is gone."""


@dataclass
class Last:
    """Lets so many effects of a name happen, and ends the process at the next."""

    name: str
    left: int

    def perform(self, name: str, act: Callable[[], Any]) -> Any:
        self.left -= name == self.name
        if self.left < 0:
            raise Killed
        return act()


def test_what_is_told_is_forgotten_before_the_next_is_begun(telling: Telling, pipeline: Pipeline) -> None:
    """A process that dies leaves the repair ten at most to repeat: those before are gone, their deliveries begun."""
    telling.managing.create("acme", URL)
    cancel_all(pipeline, 2 * TOGETHER + 3)
    events = telling.in_outbox()
    telling.seam.perform = Last("put_events", 2).perform
    with pytest.raises(Killed):
        telling.announcing.announce(events)
    assert telling.in_outbox() == events[2 * TOGETHER :]
    assert len(telling.events.published) == len(telling.messages.waiting) == 2 * TOGETHER


def test_each_event_is_forgotten_by_itself(telling: Telling, pipeline: Pipeline) -> None:
    """Dying at the third event's delivery leaves the third and those behind it."""
    telling.managing.create("acme", URL)
    cancel_all(pipeline, 5)
    events = telling.in_outbox()
    telling.seam.perform = Last("put_item", 2).perform
    with pytest.raises(Killed):
        telling.announcing.announce(events)
    assert telling.in_outbox() == events[2:]


def test_an_event_that_cannot_be_forgotten_keeps_no_other(telling: Telling, pipeline: Pipeline) -> None:
    """The table refuses one deletion: that event stays, and is told as not announced."""
    cancel_all(pipeline, 3)
    refused = [ConnectionError()]

    def perform(name: str, act: Callable[[], Any]) -> Any:
        if name == "delete_item" and refused:
            raise refused.pop()
        return act()

    telling.seam.perform = perform
    events = telling.in_outbox()
    assert telling.announcing.announce(events) == frozenset({events[0].id})
    assert telling.in_outbox() == events[:1]
