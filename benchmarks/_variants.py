"""What the cold start benchmark compares: every packaged function, and a plain handler packaged in two ways."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks._events import events
from benchmarks._world import World
from tools.build.package import build
from tools.build.stamps import digest
from tools.build.targets import TARGETS

ROOT = Path(__file__).resolve().parents[1]
_PLAIN = ROOT / "benchmarks" / "plain"
_ZIPPED_SECONDS = 315_532_800  # 1980-01-01T00:00:00Z, which the CDK writes beside every file of an asset's zip
PLAIN, ZIPPED = "plain", "plain, CDK zip"


@dataclass(frozen=True, slots=True)
class Variant:
    """A handler, the folders on its path, its first event, the authorities it trusts, and settings of its own."""

    name: str
    paths: tuple[Path, ...]
    event: dict[str, Any]
    authorities: Path
    environment: dict[str, str] = field(default_factory=dict)


def variants(out: Path, world: World) -> list[Variant]:
    """Bring the packages up to date and list what is compared, the plain handlers first."""
    for line in build(TARGETS["embedded"], out):
        print(line)
    return [*_plain(out, world), *_functions(out / "embedded", world)]


def _functions(base: Path, world: World) -> list[Variant]:
    layers = (base / "layers/reelwright/python", base / "layers/dependencies/python")
    authorities, known = layers[1] / "botocore/cacert.pem", events(world)
    return [
        Variant(folder.name, (folder, *layers), known[folder.name], authorities)
        for folder in sorted((base / "functions").glob("*"))
        if folder.name in known
    ]


def _plain(out: Path, world: World) -> list[Variant]:
    places = {PLAIN: out / "plain", ZIPPED: out / "plain-zipped"}
    _install_plain(places[PLAIN])
    _zip_times(places[PLAIN], places[ZIPPED])
    event = events(world)["plain"]
    return [
        Variant(name, (place / "task", place / "python"), event, place / "python/certifi/cacert.pem")
        for name, place in places.items()
    ]


def _install_plain(folder: Path) -> None:
    """Unpack the plain handler's wheels as pip does: whole, with bytecode that is checked against the source's time."""
    wanted, mark = digest([_PLAIN, Path(__file__)], sys.version), folder / "inputs"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    options = ("--target", str(folder / "python"), "--require-hashes", "--no-deps", "--compile-bytecode", "--quiet")
    requirements = str(_PLAIN / "requirements.txt")
    subprocess.run([sys.executable, "-m", "uv", "pip", "install", *options, "-r", requirements], check=True)
    (folder / "task").mkdir()
    shutil.copy(_PLAIN / "handler.py", folder / "task")
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder / "task")], check=True)
    mark.write_text(wanted, encoding="utf-8")


def _zip_times(plain: Path, into: Path) -> None:
    """Copy the plain handler, bytecode and all, and give every file the time that it has once the CDK zipped it.

    The bytecode names the times that the sources had before, so Python compiles each module again, and as under
    /var/task, which is read-only, it keeps nothing (the runs write no bytecode either).
    """
    mark = into / "inputs"
    if mark.exists() and mark.read_text(encoding="utf-8") == (plain / "inputs").read_text(encoding="utf-8"):
        return
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(plain, into)
    for path in into.rglob("*"):
        os.utime(path, (_ZIPPED_SECONDS, _ZIPPED_SECONDS))
