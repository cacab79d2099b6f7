"""The catalogue and the code name the same metrics, with the same units and dimensions."""

import ast
from collections.abc import Iterator
from pathlib import Path

from reelwright import observability
from reelwright.domain import metrics
from reelwright.domain.metrics import CATALOGUE
from reelwright.use_cases.outcomes import COOLING

LIBRARY = Path(metrics.__file__).parents[1]
NAMED_BY_CLASS = {error.__name__ for error in COOLING}
"""Counted under the name of the error's class."""


def _told() -> Iterator[tuple[str, str, str]]:
    """(metric, unit, dimension) of every call that counts or measures, in the library and in the functions."""
    for path in (*LIBRARY.rglob("*.py"), *LIBRARY.parents[3].glob("functions/*/handler.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and "telemetry" in _owner(node.func):
                yield from _of(node, node.func.attr)


def _owner(func: ast.Attribute) -> str:
    return ast.unparse(func.value).lower()


def _of(call: ast.Call, method: str) -> Iterator[tuple[str, str, str]]:
    if method not in {"count", "measure"} or not isinstance(call.args[0], ast.Constant):
        return
    unit = "Count" if method == "count" else ast.literal_eval(call.args[2])
    dimension = next((word.value for word in call.keywords if word.arg == "dimension"), None)
    yield str(call.args[0].value), unit, _name(dimension)


def _name(dimension: ast.expr | None) -> str:
    if isinstance(dimension, ast.Tuple) and isinstance(dimension.elts[0], ast.Constant):
        return str(dimension.elts[0].value)
    return "lane" if isinstance(dimension, ast.Name) else ""


def test_whatever_is_told_stands_in_the_catalogue() -> None:
    """With its unit and its one dimension."""
    for name, unit, dimension in _told():
        assert name in CATALOGUE, name
        assert (CATALOGUE[name].unit, CATALOGUE[name].dimension) == (unit, dimension), name


def test_whatever_stands_in_the_catalogue_is_told() -> None:
    """No dashboard waits for a metric that nobody counts."""
    assert {name for name, _, _ in _told()} | NAMED_BY_CLASS == set(CATALOGUE)


def test_both_sides_agree_on_the_namespace() -> None:
    """The neutral module that tells may not import the domain."""
    assert observability.NAMESPACE == metrics.NAMESPACE


def test_the_functions_do_not_import_the_catalogue() -> None:
    """No cold start pays for it."""
    importers = [path for path in LIBRARY.rglob("*.py") if "domain.metrics import" in path.read_text()]
    assert not importers
