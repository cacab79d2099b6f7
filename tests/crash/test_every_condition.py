"""No condition on a write is there for nothing, and none is without a probe that misses it."""

from functools import cache

import pytest

from tests.crash.conditions.clause import Clause, parts
from tests.crash.conditions.killers import IMPLIED, MISSED
from tests.crash.conditions.sent import listening
from tests.crash.conditions.source import clauses, known, of_source
from tests.crash.latecomers import Probe
from tests.crash.mutations import applied
from tests.crash.rig import Rig


@cache
def undisturbed(probe: Probe) -> tuple[tuple[str, ...], frozenset[str]]:
    """What a probe says while all conditions are there, and those it sent that were not found in the source."""
    with listening() as heard:
        said = tuple(probe())
    return said, frozenset(one for one in heard if not known(one))


@pytest.mark.xdist_group("crash-mutations")
@pytest.mark.parametrize("clause", [one for one in clauses() if one not in IMPLIED], ids=str)
def test_every_clause_is_missed(crash_rig: Rig, clause: Clause) -> None:
    """Its probes are silent, until the clause is gone."""
    del crash_rig
    assert clause in MISSED, f"no probe in tests/crash/conditions/killers.py misses {clause}"
    for probe in MISSED[clause]:
        assert undisturbed(probe) == ((), frozenset())
        with applied(clause.ignored()):
            assert list(probe()), f"{probe.__name__} does not miss {clause}"


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


def test_the_list_is_the_source() -> None:
    """What is listed still stands in the source, once."""
    assert sorted([*MISSED, *IMPLIED]) == sorted(clauses())


def test_a_new_condition_is_found() -> None:
    """Wherever it is written: in a constant, a piece, an f-string, a keyword; changes and keys of queries are none."""
    source = """
LATE = "a = :a AND (b < :b OR attribute_not_exists(c.#d))"
class Table:
    def change(self, names, **more):
        condition = " AND ".join(f"{name} >= :{name}" for name in names) + " AND size(x) < :most"
        self.write("SET a = :a", ", ".join(f"{name} = :{name}" for name in names), "pk = :pk AND sk < :sk", IfMatch="e")
"""
    assert [str(one) for one in of_source("adapters.new", source)] == [
        "adapters/new.py LATE: a = :a",
        "adapters/new.py LATE: (b < :b OR attribute_not_exists(c.#d))",
        "adapters/new.py Table.change: {name} >= :{name}",
        "adapters/new.py Table.change: size(x) < :most",
        'adapters/new.py Table.change: IfMatch="e"',
    ]


def test_what_was_sent_is_known_by_its_clauses() -> None:
    """A condition that was put together in another way than the source shows is noticed where it is sent."""
    assert known("lessons.version = :version AND tat_ms = :seen_tat_ms")
    assert not known("lessons.version = :version AND tat_ms = :another")
    assert parts("(a AND b) AND c") == ("(a AND b)", "c")
