"""Unpacks hash-pinned wheels into a folder."""

import subprocess
import sys
from pathlib import Path

from tools.build.targets import Target

# Copies, because the next steps change the files and links would change uv's cache with them.
_ALWAYS = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "--link-mode", "copy", "--quiet")


def install(requirements: Path, into: Path, target: Target) -> None:
    """Unpack exactly what `requirements` pins, as wheels of `target`; CalledProcessError when one is missing."""
    command = [sys.executable, "-m", "uv", "pip", "install", *_ALWAYS, "--target", str(into), "-r", str(requirements)]
    subprocess.run([*command, *_platform(target)], check=True)


def _platform(target: Target) -> list[str]:
    if target.platform is None:
        return ["--python", sys.executable]
    return ["--python-platform", target.platform, "--python-version", target.python_version]
