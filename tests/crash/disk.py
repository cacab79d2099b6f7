"""Lambda's disk, for processes that fork: what a dead child leaves undone or unwritten is nothing to its parent."""

import os
import shutil
import tempfile
from pathlib import PosixPath
from typing import Any


class File(PosixPath):
    """A path whose files are written at once, so that a child holds nothing back that it could write too late."""

    def open(self, mode: str = "r", **options: Any) -> Any:  # type: ignore[override]
        """See Path.open."""
        return super().open(mode, **({"buffering": 0} if mode == "w+b" else options))


class Folder:
    """A temporary directory that only the process which made it removes."""

    def __enter__(self) -> str:
        self._owner, self._path = os.getpid(), tempfile.mkdtemp(prefix="reelwright-crash-")
        return self._path

    def __exit__(self, *_raised: object) -> None:
        if os.getpid() == self._owner:
            shutil.rmtree(self._path)
