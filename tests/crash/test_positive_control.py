"""A harness that finds nothing wrong with a naive pipeline would be worth nothing."""

from collections.abc import Callable

import pytest

from tests.crash.explorer import Explorer
from tests.crash.naive.control import NAMES, naively


@pytest.mark.xdist_group("crash-naive")
def test_most_crashes_break_a_naive_pipeline(
    crash_explorer: Explorer, record_property: Callable[[str, object], None]
) -> None:
    """Undisturbed it works; of its crash schedules more than half break an invariant."""
    told = crash_explorer.call(naively)
    undisturbed, crashed = ([one for one in told if bool(one.deaths) == died] for died in (False, True))
    assert [one.violations for one in undisturbed] == [()] * len(NAMES)
    broken = sum(1 for one in crashed if one.violations)
    record_property("crash_naive", [len(crashed), broken])
    assert broken > len(crashed) / 2
