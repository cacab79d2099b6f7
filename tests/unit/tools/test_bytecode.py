"""Bytecode is good without its source's time, and the same wherever it is made."""

import importlib.util
import marshal
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import pytest

from tools.build.bytecode import compile_library, compile_tree, find_compiler
from tools.build.targets import TARGETS, Target

UNCHECKED_HASH = 1
SOURCE = '''from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A row."""

    id: str = "a"
'''
Compile = Callable[[Path, str, str], None]
BOTH = pytest.mark.parametrize("compiler", [compile_tree, compile_library])


def compiled(folder: Path, compiler: Compile) -> bytes:
    """The bytecode of one module in a new folder."""
    folder.mkdir()
    source = folder / "row.py"
    source.write_text(SOURCE)
    compiler(folder, "/opt/python", sys.executable)
    return Path(importlib.util.cache_from_source(str(source))).read_bytes()


@BOTH
def test_python_takes_it_without_looking_at_the_source(tmp_path: Path, compiler: Compile) -> None:
    """PEP 552's flag says hash-based and unchecked, and the magic number is this Python's."""
    code = compiled(tmp_path / "a", compiler)
    assert code[:4] == importlib.util.MAGIC_NUMBER
    assert int.from_bytes(code[4:8], "little") == UNCHECKED_HASH


@BOTH
def test_it_names_the_place_where_it_runs(tmp_path: Path, compiler: Compile) -> None:
    """Tracebacks name /opt/python, not the folder of the build."""
    code = marshal.loads(compiled(tmp_path / "a", compiler)[16:])  # noqa: S302 - our own bytes
    assert isinstance(code, CodeType)
    assert code.co_filename == "/opt/python/row.py"


@BOTH
def test_two_builds_give_the_same_bytes(tmp_path: Path, compiler: Compile) -> None:
    """An unchanged function is not deployed again."""
    assert compiled(tmp_path / "a", compiler) == compiled(tmp_path / "b", compiler)


def test_this_interpreter_compiles_for_itself() -> None:
    """The embedded target needs no other Python."""
    assert find_compiler(TARGETS["embedded"]) == sys.executable


def test_a_python_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its bytecode would be ignored at best."""
    monkeypatch.setenv("PYTHON93", sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_compiler(Target("other", "9.3", "aarch64-manylinux_2_28")) is None
