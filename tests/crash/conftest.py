import gc
from collections.abc import Iterator

import pytest

from tests.crash.explorer import Explorer, explorer
from tests.crash.rig import Rig, rig


@pytest.fixture(scope="module")
def crash_rig() -> Iterator[Rig]:
    """Seams and cloud, put in once for a module; what is there already need not be looked through by the collector."""
    with rig() as made:
        gc.collect()
        gc.freeze()
        yield made
        gc.unfreeze()


@pytest.fixture(scope="module")
def crash_explorer() -> Iterator[Explorer]:
    """One process for a module."""
    with explorer() as made:
        yield made
