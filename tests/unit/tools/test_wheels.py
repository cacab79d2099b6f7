"""Wheels are unpacked by uv where it was found to work, else by pip."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tools.build.targets import TARGETS
from tools.build.wheels import install

REQUIREMENTS = Path("layers/tracing/requirements.txt")


@pytest.fixture
def ran() -> Iterator[list[tuple[list[str], dict[str, str]]]]:
    """Commands with their environments."""
    seen: list[tuple[list[str], dict[str, str]]] = []

    def run(command: list[str], *, check: bool, env: dict[str, str]) -> Any:
        assert check
        seen.append((command, env))

    with patch("tools.build.wheels.subprocess.run", run):
        yield seen


def test_uv_gets_the_indexes_that_the_installation_used(tmp_path: Path, ran: list[Any]) -> None:
    """Those that are empty are left to uv's own settings; the environment of the moment goes first."""
    variables = tmp_path / "uv.env"
    variables.write_text("UV_INDEX=https://one.example https://two.example\nUV_FIND_LINKS=\nHOME=/nobody\n")
    install(REQUIREMENTS, tmp_path, TARGETS["lambda"], variables)
    [(command, env)] = ran
    assert command[:4] == [sys.executable, "-m", "uv", "pip"]
    assert command[-4:] == ["--python-platform", "aarch64-manylinux_2_28", "--python-version", "3.13"]
    assert env["UV_INDEX"] == "https://one.example https://two.example"
    assert "UV_FIND_LINKS" not in env
    assert env["HOME"] != "/nobody"


def test_pip_does_it_where_uv_could_not(tmp_path: Path, ran: list[Any]) -> None:
    """For Lambda it takes every tag that Amazon Linux 2023 runs; hashes are required all the same."""
    install(REQUIREMENTS, tmp_path, TARGETS["lambda"], tmp_path / "none")
    [(command, _)] = ran
    assert command[1:3] == ["-m", "pip"]
    assert {"--require-hashes", "--only-binary", "--no-deps", "manylinux_2_28_aarch64", "manylinux2014_aarch64"} <= {
        *command
    }


def test_both_unpack_the_same_files(tmp_path: Path) -> None:
    """But for who says to have installed them."""
    by_pip, by_uv = tmp_path / "pip", tmp_path / "uv"
    install(REQUIREMENTS, by_pip, TARGETS["embedded"], tmp_path / "none")
    install(REQUIREMENTS, by_uv, TARGETS["embedded"])
    assert _modules(by_pip) == _modules(by_uv)
    assert _modules(by_pip)


def _modules(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.py")}
