"""Functions stand on the library and never beside it (`.importlinter` holds the library itself)."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HANDLERS = sorted(Path("functions").glob("*/*.py"))
BELOW = {"api", "composition", "domain", "observability", "tracing", "use_cases"}
"""What of the library a function may name: no adapter, for those are chosen in `composition`, and no command."""

OUTSIDE = {"aws_lambda_powertools"}
ALONE = "signing_key"
"""It makes keys for CloudFormation before anything else stands, and so uses nothing of the library."""


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: path.parent.name)
def test_a_function_imports_only_what_is_below_it(path: Path) -> None:
    """Neither an adapter, nor boto3, nor another function."""
    names = set(imported(path))
    ours = {name.split(".")[1] for name in names if name.startswith("reelwright.")}
    if path.parent.name == ALONE:
        assert ours == set()
    else:
        assert ours <= BELOW
        assert "composition" in ours
        assert third_parties(names) <= OUTSIDE


def test_every_function_was_looked_at() -> None:
    """Each folder has its handler."""
    folders = {path.name for path in Path("functions").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert {path.parent.name for path in HANDLERS} == folders


def third_parties(names: set[str]) -> set[str]:
    """The packages that are neither ours nor Python's."""
    return {name.split(".")[0] for name in names} - {"reelwright"} - sys.stdlib_module_names


def imported(path: Path) -> Iterator[str]:
    """The full name of everything that the module imports, wherever in it: modules, and members as `module.member`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{one.name}" for one in node.names)
