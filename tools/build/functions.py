"""A function's folder as it is deployed: its own modules, started with the garbage collector at rest.

Importing allocates many objects and drops few, so the collector's passes over them find nothing and cost about a tenth
of the start. They are put off until the imports are done, and what was imported is then left out of later passes.
"""

import shutil
from pathlib import Path

from tools.build.targets import Target

_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc")
_MODULE = "function"
_ENTRY = f'''"""Starts {_MODULE}.py, which holds the handler, without collecting garbage on the way."""

import gc

gc.disable()
from {_MODULE} import handler  # noqa: E402

gc.freeze()
gc.enable()
__all__ = ["handler"]
'''


class NameTakenError(Exception):
    """A function has a module of the name that its handler is given in the package."""


def build_function(source: Path, into: Path, _target: Target) -> None:
    """Copy a function's folder, put its handler aside, and let handler.py be the entry. Raises NameTakenError."""
    if (source / f"{_MODULE}.py").exists():
        raise NameTakenError(f"{source.name}: rename {_MODULE}.py")
    shutil.copytree(source, into, ignore=_IGNORED, dirs_exist_ok=True)
    (into / "handler.py").rename(into / f"{_MODULE}.py")
    (into / "handler.py").write_text(_ENTRY, encoding="utf-8")
