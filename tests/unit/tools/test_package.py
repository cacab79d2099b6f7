"""Packages are built when their inputs changed, whole or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from tools.build.functions import NameTakenError, build_function
from tools.build.package import build
from tools.build.parts import Part, parts
from tools.build.stamps import digest, normalise
from tools.build.targets import TARGETS, Target

EMBEDDED = TARGETS["embedded"]


@pytest.fixture
def part(tmp_path: Path) -> Part:
    """A function of two files."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "handler.py").write_text("import gc\nOFF = not gc.isenabled()\nhandler = print\n")
    (source / "words.json").write_text("{}")
    return Part("functions/one", source, build_function, "/var/task")


def test_a_part_is_built_once(part: Part, tmp_path: Path) -> None:
    """The second build finds the inputs unchanged; a change is noticed."""
    assert "built" in next(build(EMBEDDED, tmp_path, [part]))
    assert "as it was" in next(build(EMBEDDED, tmp_path, [part]))
    (part.source / "words.json").write_text("[]")
    assert "built" in next(build(EMBEDDED, tmp_path, [part]))


def facts(base: Path) -> dict[Path, tuple[bytes, float, int]]:
    """Content, time and mode of every file."""
    files = (path for path in base.rglob("*") if path.is_file())
    return {path.relative_to(base): (path.read_bytes(), path.stat().st_mtime, path.stat().st_mode) for path in files}


def test_two_builds_are_the_same(part: Part, tmp_path: Path) -> None:
    """Contents, bytecode included, and times do not depend on when and where."""
    list(build(EMBEDDED, tmp_path / "a", [part]))
    list(build(EMBEDDED, tmp_path / "b", [part]))
    trees = [facts(tmp_path / side / "embedded/functions/one") for side in ("a", "b")]
    assert trees[0] == trees[1]
    assert any(path.suffix == ".pyc" for path in trees[0])


def test_a_build_that_fails_leaves_the_last_one(part: Part, tmp_path: Path) -> None:
    """Nobody ever deploys half a package."""
    list(build(EMBEDDED, tmp_path, [part]))

    def fail(_source: Path, into: Path, _target: Target) -> None:
        (into / "half").write_text("")
        raise OSError("disk full")

    (part.source / "words.json").write_text("[]")
    with pytest.raises(OSError, match="disk full"):
        list(build(EMBEDDED, tmp_path, [replace(part, make=fail)]))
    place = tmp_path / "embedded/functions/one"
    assert sorted(path.name for path in place.iterdir()) == ["__pycache__", "function.py", "handler.py", "words.json"]
    assert not list((tmp_path / "embedded").glob(".making-*"))


def test_packages_of_functions_that_are_gone_are_removed(part: Part, tmp_path: Path) -> None:
    """A renamed function does not stay behind."""
    list(build(EMBEDDED, tmp_path, [part]))
    list(build(EMBEDDED, tmp_path, [replace(part, path="functions/two")]))
    assert [path.name for path in (tmp_path / "embedded/functions").iterdir()] == ["two"]


def test_handlers_start_with_the_collector_at_rest(part: Part, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry imports the function with collection off, and hands over with collection on."""
    list(build(EMBEDDED, tmp_path, [part]))
    text = (tmp_path / "embedded/functions/one/handler.py").read_text()
    monkeypatch.syspath_prepend(str(tmp_path / "embedded/functions/one"))
    names: dict[str, object] = {}
    exec("import gc, sys\nsys.modules.pop('function', None)\n" + text + "import function\nON = gc.isenabled()\n", names)  # noqa: S102
    assert names["ON"]
    assert names["function"].OFF  # type: ignore[attr-defined]


def test_a_module_of_the_entrys_name_is_refused(part: Part, tmp_path: Path) -> None:
    """It would be overwritten without a word."""
    (part.source / "function.py").write_text("")
    with pytest.raises(NameTakenError):
        build_function(part.source, tmp_path / "out", EMBEDDED)


def test_only_contents_and_names_decide(tmp_path: Path) -> None:
    """Times and bytecode caches do not make a part build again; a new name does."""
    (tmp_path / "a.py").write_text("1")
    before = digest([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__/a.pyc").write_text("2")
    normalise(tmp_path)
    assert digest([tmp_path]) == before
    (tmp_path / "b.py").write_text("")
    assert digest([tmp_path]) != before


def test_programs_stay_executable(tmp_path: Path) -> None:
    """Files below bin/ can be run, others cannot."""
    (tmp_path / "bin").mkdir()
    for name in ("bin/ffmpeg", "text"):
        (tmp_path / name).write_text("")
    normalise(tmp_path)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("bin/ffmpeg", "text")] == [0o755, 0o644]


def test_every_function_and_layer_is_a_part() -> None:
    """Nothing that is deployed is forgotten."""
    paths = {part.path for part in parts()}
    assert {"layers/dependencies", "layers/media", "layers/reelwright", "layers/signing"} <= paths
    root = Path(__file__).resolve().parents[3]
    assert {f"functions/{path.parent.name}" for path in root.glob("functions/*/handler.py")} <= paths
