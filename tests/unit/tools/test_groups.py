import pytest
from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped]

from tests.support.groups import keep_together


class One(pytest.Item):
    def runtest(self) -> None:
        """It is only scheduled."""


@pytest.mark.parametrize("name", ["test_it", "test_it[a]", "test_it[a@b]"])
def test_tests_of_a_group_are_one_unit_of_the_scheduler(request: pytest.FixtureRequest, name: str) -> None:
    """Those of a group go to a worker together, and one that is in none goes alone; twice marked is as once."""
    grouped, alone = (One.from_parent(request.session, name=name) for _ in range(2))
    grouped.add_marker(pytest.mark.xdist_group("e2e"))
    keep_together([grouped, alone])
    keep_together([grouped])
    unit_of = LoadGroupScheduling._split_scope  # noqa: SLF001 - what decides
    assert unit_of(None, grouped.nodeid) == "e2e"
    assert unit_of(None, alone.nodeid) == alone.nodeid
