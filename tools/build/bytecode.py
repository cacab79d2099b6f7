"""Compiles packages with the Python that will run them.

The files are of the unchecked-hash kind (PEP 552): Python neither stats nor hashes the source, so the fixed times of a
zip cannot turn them invalid. Without them Lambda compiles every module again at each cold start, which takes about
twice as long as the start itself.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.build.targets import Target

ROOT = Path(__file__).resolve().parents[2]
MISSING = (
    "warning: no Python {version} found (PYTHON313=/path/to/python3.13 names one), so the packages carry no bytecode: "
    "they work, but each cold start compiles its imports and takes about twice as long"
)
_VERSION = "import sys; print(f'{sys.version_info.major}.{sys.version_info.minor}')"


def find_compiler(target: Target) -> str | None:
    """Find an interpreter of the target's version: this one, PYTHON313, or `pythonX.Y` on PATH."""
    if target.is_this_interpreter:
        return sys.executable
    named = os.environ.get("PYTHON" + target.python_version.replace(".", ""))
    candidates = (named, shutil.which(f"python{target.python_version}"))
    return next((found for found in candidates if found and _version(found) == target.python_version), None)


def compile_tree(folder: Path, runtime_path: str, python: str) -> None:
    """Compile all under `folder`, which stands at `runtime_path` when it runs; CalledProcessError on bad source."""
    options = ("-q", "-f", "--invalidation-mode", "unchecked-hash", "-s", str(folder), "-p", runtime_path)
    command = [python, "-W", "ignore", "-m", "compileall", *options, str(folder)]
    subprocess.run(command, check=True, env=_environment())


def compile_library(folder: Path, runtime_path: str, python: str) -> None:
    """Compile our own library under `folder` with its dataclasses expanded; CalledProcessError on bad source."""
    command = [python, "-W", "ignore", "-m", "tools.build.expanding_compiler", str(folder), runtime_path]
    subprocess.run(command, check=True, env=_environment(ROOT))


def _environment(path: Path | None = None) -> dict[str, str]:
    """One order and one seed: the bytes must be the same on every machine."""
    fixed = {"PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": "", "PYTHONPATH": str(path or "")}
    return {**os.environ, **fixed}


def _version(python: str) -> str | None:
    answer = subprocess.run([python, "-c", _VERSION], capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else None
