"""Unpacks hash-pinned wheels into a folder: by uv, where `make install` found that it works, else by pip (slower)."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tools.build.targets import Target

_ALWAYS: Final = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--quiet")
# Copies, because the next steps change the files and links would change uv's cache with them.
_UV: Final = ("uv", "pip", "install", "--link-mode", "copy")
_PIP: Final = ("pip", "--disable-pip-version-check", "install", "--no-compile")
VARIABLES: Final = Path(sys.prefix, "uv.env")
"""What uv is told beyond its own settings, as `mk/install.sh` leaves it: the indexes that pip is configured with."""


def install(requirements: Path, into: Path, target: Target, variables: Path = VARIABLES) -> None:
    """Unpack exactly what `requirements` pins, as wheels of `target`; CalledProcessError when one is missing."""
    given = _read(variables) if variables.is_file() else None
    tool, platform = (_PIP, _for_pip(target)) if given is None else (_UV, _for_uv(target))
    what = ["--target", str(into), "-r", str(requirements)]
    command = [sys.executable, "-m", *tool, *_ALWAYS, *what, *platform]
    subprocess.run(command, check=True, env={**(given or {}), **os.environ})


def _read(variables: Path) -> Mapping[str, str]:
    lines = (line.partition("=") for line in variables.read_text().splitlines())
    return {name: value for name, _, value in lines if value}


def _for_uv(target: Target) -> list[str]:
    if target.platform is None:
        return ["--python", sys.executable]
    return ["--python-platform", target.platform, "--python-version", target.python_version]


def _for_pip(target: Target) -> list[str]:
    if target.platform is None:
        return []
    machine, _, libc = target.platform.partition("-")
    older = ("manylinux_2_17", "manylinux2014")
    tags = [word for name in (libc, *older) for word in ("--platform", f"{name}_{machine}")]
    return [*tags, "--python-version", target.python_version, "--implementation", "cp"]
