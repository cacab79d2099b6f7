"""Makes a folder the same whoever built it and whenever."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

_TIMESTAMP_SECONDS = 946_684_800  # 2000-01-01T00:00:00Z: later than the earliest time a zip can hold
_FILE_MODE = 0o644
_PROGRAM_MODE = 0o755


def normalise(folder: Path) -> None:
    """Give everything under `folder` the same time and one of two modes."""
    for path in [folder, *folder.rglob("*")]:
        executable = path.is_dir() or path.parent.name == "bin"
        path.chmod(_PROGRAM_MODE if executable else _FILE_MODE)
        os.utime(path, (_TIMESTAMP_SECONDS, _TIMESTAMP_SECONDS))


def digest(paths: Iterable[Path], *facts: str) -> str:
    """Hash `facts`, and the names and contents of the files at and below `paths`, bytecode caches left out."""
    hashed = hashlib.sha256("\0".join(facts).encode())
    for top in paths:
        for path in sorted(_files(top)):
            hashed.update(f"{path.relative_to(top.parent)}\0".encode())
            hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()


def _files(top: Path) -> Iterable[Path]:
    found = top.rglob("*") if top.is_dir() else [top]
    return (path for path in found if path.is_file() and "__pycache__" not in path.parts)
