import ast
from pathlib import Path

from tests.simulators import kling


def imported(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_simulator_is_an_independent_witness() -> None:
    """It shares no code with what it is a witness of."""
    files = [path for folder in kling.__path__ for path in Path(folder).rglob("*.py")]
    names = {name for path in files for name in imported(path.read_text())}
    assert files
    assert not {name for name in names if name.split(".")[0] in {"reelwright", "functions", "layers", "jwt"}}
