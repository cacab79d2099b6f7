from collections.abc import Callable, Iterator
from functools import cache

import pytest

from local.figures.bells import Bell, bells
from local.stage import Stage
from tests.crash.rig import Rig, rig
from tests.infra.observability.faults import STORIES
from tests.infra.observability.stories import Told, tell
from tests.infra.observability.telling import SCRIPTS, tell_of


@pytest.fixture(scope="module")
def seams() -> Iterator[Rig]:
    """Seams and cloud, put in once."""
    with rig() as made:
        yield made


@pytest.fixture(scope="module")
def told(seams: Rig) -> Callable[[str], Told]:
    """A story by its name, told once."""
    return cache(lambda name: tell_of(name) if name in SCRIPTS else tell(seams, STORIES[name]))


@pytest.fixture(scope="session")
def alarms(synthesized: Callable[[str], Stage]) -> dict[str, Bell]:
    """The alarms of the stage that matters most, by name."""
    return bells(synthesized("prod"))
