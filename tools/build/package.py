"""Builds the parts that changed, each aside and swapped in whole, so a reader never sees half a package."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.build.bytecode import MISSING, find_compiler
from tools.build.parts import Part, parts
from tools.build.stamps import digest, normalise
from tools.build.targets import Target


def build(target: Target, out: Path, wanted: Sequence[Part] | None = None) -> Iterator[str]:
    """Bring out/<target>/ up to date, all parts unless some are `wanted`, and yield one line for each."""
    base = out / target.name
    compiler = find_compiler(target)
    if compiler is None:
        yield MISSING.format(version=target.python_version)
    wanted = parts() if wanted is None else wanted
    for part in wanted:
        fresh = _build_part(part, base, target, compiler)
        yield f"{'built' if fresh else 'as it was':>9}  {base / part.path}"
    _remove_strangers(base / "functions", {Path(part.path).name for part in wanted})


def _build_part(part: Part, base: Path, target: Target, compiler: str | None) -> bool:
    """Build one part unless its inputs are those of the last time; tell whether it was built."""
    mark = base / "inputs" / part.path
    inputs = digest(part.inputs, target.name, target.python_version, compiler or "")
    if (base / part.path).is_dir() and mark.is_file() and mark.read_text(encoding="utf-8") == inputs:
        return False
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    _make(part, base, target, compiler)
    mark.write_text(inputs, encoding="utf-8")
    return True


def _make(part: Part, base: Path, target: Target, compiler: str | None) -> None:
    with tempfile.TemporaryDirectory(prefix=".making-", dir=base) as aside:
        made = Path(aside) / "made"
        made.mkdir()
        part.make(part.source, made, target)
        if compiler:
            part.compile(made, part.runtime_path, compiler)
        normalise(made)
        _swap(made, base / part.path, Path(aside) / "replaced")


def _swap(made: Path, place: Path, replaced: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(replaced)
    made.rename(place)


def _remove_strangers(folder: Path, known: set[str]) -> None:
    """Delete the packages of functions that no longer exist."""
    for path in folder.glob("*"):
        if path.name not in known:
            shutil.rmtree(path)
