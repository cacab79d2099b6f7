"""Makes packages that re-export everything import only what is asked for (PEP 562).

`from aws_lambda_powertools.event_handler import APIGatewayHttpResolver` imports every resolver there is, with asyncio
behind one of them, and the event classes of some forty AWS services. The names stay what they were; only the moment of
the import changes. A name that a submodule bears too is imported at once: importing the submodule would overwrite it.
"""

import ast
from pathlib import Path

from tools.build.patches import PatchError

PACKAGES = (
    "aws_lambda_powertools/event_handler",
    "aws_lambda_powertools/event_handler/openapi",
    "aws_lambda_powertools/utilities/data_classes",
    "aws_lambda_powertools/utilities/batch",
)
_TEMPLATE = '''{docstring!r}

from importlib import import_module

{eager}
_ORIGINS = {{
{origins}
}}
__all__ = {names!r}  # noqa: PLE0604


def __getattr__(name):
    """Import the module that `name` comes from, on first use."""
    try:
        module, attribute = _ORIGINS[name]
    except KeyError:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}") from None
    value = globals()[name] = getattr(import_module(module, __name__), attribute)
    return value


def __dir__():
    """List the names that can be imported."""
    return sorted({{*globals(), *_ORIGINS}})
'''


def make_lazy(site: Path) -> None:
    """Rewrite the packages' __init__.py under `site`; PatchError when one does more than re-export."""
    for package in PACKAGES:
        path = site / package / "__init__.py"
        path.write_text(lazy_source(path.read_text(encoding="utf-8"), path.parent), encoding="utf-8")


def lazy_source(source: str, package: Path) -> str:
    """Give the lazy form of an __init__.py; PatchError when it does more than re-export."""
    tree = ast.parse(source)
    origins: dict[str, tuple[str, str]] = {}
    for statement in tree.body:
        origins.update(_origins(statement, package))
    eager = {name for name in origins if (package / f"{name}.py").exists() or (package / name).is_dir()}
    return _TEMPLATE.format(
        docstring=ast.get_docstring(tree) or "",
        eager="".join(f"from {origins[name][0]} import {origins[name][1]} as {name}\n" for name in sorted(eager)),
        origins="\n".join(f"    {name!r}: {origins[name]!r}," for name in sorted(origins.keys() - eager)),
        names=sorted(origins),
    )


def _origins(statement: ast.stmt, package: Path) -> dict[str, tuple[str, str]]:
    if isinstance(statement, ast.ImportFrom):
        module = "." * statement.level + (statement.module or "")
        return {name.asname or name.name: (module, name.name) for name in statement.names}
    if isinstance(statement, ast.Expr | ast.Assign) and not any(isinstance(n, ast.Call) for n in ast.walk(statement)):
        return {}  # the docstring, __all__
    raise PatchError(f"{package}: line {statement.lineno} does more than re-export")
