"""A simulator in memory on a virtual clock, and a caller of it."""

from collections.abc import Iterator

import pytest

from tests.simulators.caller import Caller
from tests.simulators.kling import KlingSimulator, Settings, VirtualClock


@pytest.fixture
def kling() -> Iterator[KlingSimulator]:
    """A simulator with three slots that renders thumbnails."""
    with KlingSimulator(Settings(render="tiny", concurrency=3), clock=VirtualClock()) as simulator:
        yield simulator


@pytest.fixture
def caller(kling: KlingSimulator) -> Iterator[Caller]:
    """A caller with the right key."""
    caller = Caller(kling)
    with caller.session:
        yield caller
