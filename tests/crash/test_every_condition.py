"""No condition on a write is there for nothing, and none is without a probe that misses it."""

from functools import cache

import pytest

from tests.crash.conditions.bare import BARE
from tests.crash.conditions.clause import Clause, parts
from tests.crash.conditions.killers import IMPLIED, MISSED
from tests.crash.conditions.passes import LET
from tests.crash.conditions.sent import Sent, listening
from tests.crash.conditions.source import clauses, known
from tests.crash.conditions.writers import writers
from tests.crash.latecomers import Probe
from tests.crash.mutations import applied
from tests.crash.rig import Rig

ALTERNATIVES = [(clause, alternative) for clause in clauses() for alternative in clause.alternatives()]


@cache
def undisturbed(probe: Probe) -> tuple[tuple[str, ...], frozenset[Sent]]:
    """What a probe says while all conditions are there, and which writes were sent."""
    with listening() as heard:
        said = tuple(probe())
    return said, frozenset(heard)


def silent(probe: Probe) -> bool:
    """True when a probe has nothing to say, and sent only conditions that were found in the source."""
    said, sent = undisturbed(probe)
    assert {one for write in sent for one in write.conditions if not known(one)} == set()
    return not said


@pytest.mark.xdist_group("crash-mutations")
@pytest.mark.parametrize("clause", [one for one in clauses() if one not in IMPLIED], ids=str)
def test_every_clause_is_missed(crash_rig: Rig, clause: Clause) -> None:
    """Its probes are silent, until the clause is gone."""
    del crash_rig
    assert clause in MISSED, f"no probe in tests/crash/conditions/killers.py misses {clause}"
    for probe in MISSED[clause]:
        assert silent(probe)
        with applied(clause.ignored()):
            assert list(probe()), f"{probe.__name__} does not miss {clause}"


@pytest.mark.xdist_group("crash-mutations")
@pytest.mark.parametrize(("clause", "alternative"), ALTERNATIVES, ids=str)
def test_every_alternative_is_needed(crash_rig: Rig, clause: Clause, alternative: str) -> None:
    """What it lets through is turned away without it."""
    del crash_rig
    one = Clause(clause.target, alternative)
    assert one in LET, f"no probe in tests/crash/conditions/passes.py is turned away without {one}"
    assert silent(LET[one])
    with applied(clause.without(alternative)):
        assert list(LET[one]()), f"{LET[one].__name__} does not need {one}"


@pytest.mark.xdist_group("crash-mutations")
@pytest.mark.parametrize("clause", IMPLIED, ids=str)
def test_an_implied_clause_stands_alone_as_well(crash_rig: Rig, clause: Clause) -> None:
    """Its probe is silent while one of the two is there, and misses both."""
    del crash_rig
    both, probe = IMPLIED[clause]
    for gone, silent in ((clause, True), (Clause(both.target, _beside(both, clause)), True), (both, False)):
        with applied(gone.ignored()):
            assert (list(probe()) == []) is silent


def _beside(both: Clause, clause: Clause) -> str:
    (other,) = set(parts(both.text)) - {clause.text}
    return other


@pytest.mark.xdist_group("crash-mutations")
def test_no_write_forgets_its_condition(crash_rig: Rig) -> None:
    """Whoever writes to the table does it under a condition each time, or is known never to need one."""
    del crash_rig
    probes = {probe for some in MISSED.values() for probe in some} | set(LET.values())
    sent = {one for probe in probes for one in undisturbed(probe)[1] if one.place not in BARE}
    assert {one.place for one in sent if not one.conditions} == set()
    assert {one.place for one in sent} | set(BARE) == writers()


def test_the_list_is_the_source() -> None:
    """What is listed still stands in the source, once."""
    assert sorted([*MISSED, *IMPLIED]) == sorted(clauses())
    assert sorted(LET) == sorted(Clause(clause.target, alternative) for clause, alternative in ALTERNATIVES)
