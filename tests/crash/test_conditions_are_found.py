"""The list of conditions is complete because it is read from the source."""

from tests.crash.conditions.clause import Clause, parts
from tests.crash.conditions.source import known, of_source


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


def test_a_clause_is_ignored_and_an_alternative_never_holds() -> None:
    """Both keep every name and value in use, for DynamoDB refuses what is given and not used."""
    clause = Clause("somewhere:here", "(a < :a OR b = :b)")
    assert clause.ignored().new == "((a < :a OR b = :b) OR NOT (a < :a OR b = :b))"
    assert clause.alternatives() == ("a < :a", "b = :b")
    assert clause.without("b = :b").new == "(a < :a OR (b = :b AND NOT b = :b))"
    assert Clause("somewhere:here", "a = :a").alternatives() == ()
