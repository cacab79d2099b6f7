"""The packages for Lambda hold what Lambda runs. Building them fetches pinned wheels from the package index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.build.bytecode import ROOT
from tools.build.package import build
from tools.build.targets import TARGETS

pytestmark = pytest.mark.xdist_group("packages for Lambda")

AARCH64 = 0xB7  # e_machine of ELF
LIMIT_BYTES = 250 * 1024 * 1024  # Lambda's quota for a function and its layers, unzipped
LAYERS = ("dependencies", "media", "reelwright", "signing", "tracing")


@pytest.fixture(scope="module")
def base() -> Path:
    """The packages for Lambda, up to date."""
    list(build(TARGETS["lambda"], ROOT / "build"))
    return ROOT / "build/lambda"


def packaged(base: Path) -> Iterator[Path]:
    """What is in its place; beside it another process may be making something just now."""
    return (path for part in ("functions", "layers") for path in (base / part).rglob("*"))


def machine_code(base: Path) -> Iterator[tuple[Path, int]]:
    """Each ELF file and the machine that it is for."""
    for path in packaged(base):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                head = file.read(20)
            if head.startswith(b"\x7fELF"):
                yield path, int.from_bytes(head[18:20], "little")


def test_machine_code_is_for_graviton(base: Path) -> None:
    """No shared library and no program is for another machine than the functions'."""
    found = dict(machine_code(base))
    assert {path.name.partition(".")[0] for path in found} >= {"ffmpeg", "_cffi_backend"}
    assert {path for path, machine in found.items() if machine != AARCH64} == set()


def test_extensions_are_for_the_runtime(base: Path) -> None:
    """Each extension module is for CPython 3.13 or for its stable interface."""
    tagged = [path.name for path in packaged(base) if path.suffix == ".so" and ".cpython-" in path.name]
    assert tagged
    assert all(".cpython-313-" in name for name in tagged)


def test_the_heaviest_function_fits(base: Path) -> None:
    """A function that took every layer would stay below Lambda's quota."""
    folders = [base / "layers" / name for name in LAYERS]
    size = sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file())
    assert size < LIMIT_BYTES


def test_programs_that_are_distributed_carry_their_licences(base: Path) -> None:
    """Each distribution's licence travels with it."""
    infos = list(base.glob("layers/*/python/*.dist-info"))
    assert infos
    assert all(any("licen" in str(path).lower() for path in info.rglob("*")) for info in infos)
    assert list((base / "layers/media/licenses").iterdir())
