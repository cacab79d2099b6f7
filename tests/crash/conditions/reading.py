"""Reads a module: where things stand, and which texts stand there."""

import ast
from collections.abc import Iterator
from typing import Final

OF_S3: Final = frozenset({"IfMatch", "IfNoneMatch", "CopySourceIfMatch", "CopySourceIfNoneMatch"})
"""S3's own conditions are arguments of calls."""


def places(node: ast.AST, before: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Functions, methods and constants with their names."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from places(child, f"{before}{child.name}.")
        elif isinstance(child, ast.FunctionDef):
            yield before + child.name, child
        elif isinstance(child, ast.Assign | ast.AnnAssign):
            target = child.targets[0] if isinstance(child, ast.Assign) else child.target
            yield before + ast.unparse(target), child


def texts(node: ast.AST) -> Iterator[str]:
    """Strings, f-strings as they are written, and S3's own conditions; not what is joined to a list of changes."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield "".join(map(_written, node.values)) if isinstance(node, ast.JoinedStr) else _written(node)
    elif isinstance(node, ast.keyword) and node.arg in OF_S3:
        yield f'{node.arg}="{ast.literal_eval(node.value)}"'
    elif not (isinstance(node, ast.Call) and ast.unparse(node.func) == "', '.join"):
        yield from (text for child in ast.iter_child_nodes(node) for text in texts(child))


def _written(node: ast.AST) -> str:
    if isinstance(node, ast.FormattedValue):
        return f"{{{ast.unparse(node.value)}}}"
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
