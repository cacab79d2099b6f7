"""Where things are: the checkout, and the folder that holds whatever a run leaves on disk."""

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).resolve().parent.parent
RUNS: Final = CHECKOUT / ".local"
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run's own folder: its logs, its processes' record, its temporary files."""

    path: Path

    @classmethod
    def named(cls, name: str) -> "RunFolder":
        """The folder of the run called `name`, made where missing."""
        folder = cls(RUNS / name)
        folder.temporary.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def temporary(self) -> Path:
        """What the run's processes are given as TMPDIR."""
        return self.path / "tmp"

    @property
    def record(self) -> Path:
        """The record of the run's processes."""
        return self.path / "run.json"

    def log(self, name: str) -> Path:
        """The log file of one process."""
        return self.path / f"{name}.log"


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
