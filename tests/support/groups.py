"""Tests marked with `xdist_group` stay on one worker.

pytest-xdist 3.8 writes the group behind a name of the test that pytest has not read since 9.2: its marks do nothing
there (pytest-dev/pytest-xdist#1386). Here the group is written where pytest reads it.
"""

from collections.abc import Iterable

import pytest
from _pytest.nodeid import NodeId

MARK = "xdist_group"


def keep_together(items: Iterable[pytest.Item]) -> None:
    """Write each test's group behind its id, where `--dist loadgroup` looks for it."""
    for item in items:
        if (mark := item.get_closest_marker(MARK)) and not item.nodeid.endswith(f"@{mark.args[0]}"):
            item._id = NodeId.parse(f"{item.nodeid}@{mark.args[0]}")  # noqa: SLF001 - it has no other place
