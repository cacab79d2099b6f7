"""Every guard is needed: break it, and some schedule fails."""

from collections.abc import Iterator

import pytest

from tests.crash.functions import new_process
from tests.crash.guards_of_the_flow import OF_THE_FLOW
from tests.crash.guards_of_the_table import OF_THE_TABLE
from tests.crash.guards_of_the_use_cases import PROBED
from tests.crash.latecomers import Probe
from tests.crash.mutations import Mutation, NoLongerApplies, applied
from tests.crash.rig import Rig
from tests.crash.run import Result, run
from tests.crash.scenarios import BY_NAME
from tests.crash.schedules import singles

GUARDS = [*OF_THE_TABLE, *OF_THE_FLOW]


def results(rig: Rig, mutation: Mutation) -> Iterator[Result]:
    """One schedule after the other: undisturbed, then with one fault each."""
    for name in mutation.caught_by:
        plain = run(rig, BY_NAME[name])
        yield plain
        for (fault,) in singles(plain.effects):
            during = plain.effects[fault.effect - 1].function
            if mutation.when in {"", fault.when} and mutation.during in {"", during}:
                yield run(rig, BY_NAME[name], (fault,))


@pytest.mark.xdist_group("crash-mutations")
@pytest.mark.parametrize(
    "mutation", [*OF_THE_TABLE, *OF_THE_FLOW], ids=lambda mutation: mutation.name.replace(" ", "-")
)
def test_a_broken_guard_is_found(crash_rig: Rig, mutation: Mutation) -> None:
    """Some schedule of the named scenarios violates an invariant while the guard is broken."""
    with applied(mutation):
        new_process()
        found = next((result.violations for result in results(crash_rig, mutation) if result.violations), [])
    new_process()
    assert found


@pytest.mark.xdist_group("crash-mutations")
@pytest.mark.parametrize(("mutation", "probe"), PROBED, ids=[mutation.name.replace(" ", "-") for mutation, _ in PROBED])
def test_a_guard_of_the_use_cases_is_needed(crash_rig: Rig, mutation: Mutation, probe: Probe) -> None:
    """The staged scene breaks nothing, until the guard is gone."""
    del crash_rig
    assert list(probe()) == []
    with applied(mutation):
        assert list(probe())


def test_a_mutation_that_no_longer_applies_says_so() -> None:
    """When a guard is rewritten, its mutation fails instead of passing for nothing."""
    stale = Mutation("stale", "use_cases.poll:PollTask.poll", "what never stood there", "", ())
    with pytest.raises(NoLongerApplies), applied(stale):
        pass
