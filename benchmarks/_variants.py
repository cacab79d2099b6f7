"""What the cold start benchmark compares: every packaged function, and a plain handler as pip installs it."""

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


@dataclass(frozen=True, slots=True)
class Variant:
    """A handler, the folders on its path, its first event, the authorities it trusts, and settings of its own."""

    name: str
    paths: tuple[Path, ...]
    event: dict[str, Any]
    authorities: Path
    environment: dict[str, str] = field(default_factory=dict)


def variants(out: Path, world: World) -> list[Variant]:
    """Bring the packages up to date and list what is compared, the plain handler first."""
    for line in build(TARGETS["embedded"], out):
        print(line)
    return [_plain(out / "plain", world), *_functions(out / "embedded", world)]


def _functions(base: Path, world: World) -> list[Variant]:
    layers = (base / "layers/reelwright/python", base / "layers/dependencies/python")
    authorities, known = layers[1] / "botocore/cacert.pem", events(world)
    return [
        Variant(folder.name, (folder, *layers), known[folder.name], authorities)
        for folder in sorted((base / "functions").glob("*"))
        if folder.name in known
    ]


def _plain(folder: Path, world: World) -> Variant:
    _install_plain(folder)
    site = folder / "python"
    return Variant("plain", (_PLAIN, site), events(world)["plain"], site / "certifi/cacert.pem")


def _install_plain(folder: Path) -> None:
    """Unpack the plain handler's wheels as pip does: whole, with bytecode that is checked against the source's time."""
    wanted, mark = digest([_PLAIN], sys.version), folder / "inputs"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    options = ("--target", str(folder / "python"), "--require-hashes", "--no-deps", "--compile-bytecode", "--quiet")
    requirements = str(_PLAIN / "requirements.txt")
    subprocess.run([sys.executable, "-m", "uv", "pip", "install", *options, "-r", requirements], check=True)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(_PLAIN)], check=True)
    mark.write_text(wanted, encoding="utf-8")
