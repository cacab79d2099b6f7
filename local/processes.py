"""The processes of a run: started in groups of their own, written down, ended by id with all their children."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from local.places import CHECKOUT, RunFolder

TERM_SECONDS = 10.0
"""How long a group may take to end by itself before it is killed."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A started process; `born` (kernel ticks since boot) tells it from a later one with the same id."""

    name: str
    pid: int
    born: str


class Processes:
    """Starts and ends the processes of one run folder; the record outlives the Python process that wrote it."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._children: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
        """Start `command` in a process group of its own, its output in the run's log, and write it down."""
        with self.folder.log(name).open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env={"TMPDIR": str(self.folder.temporary), **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._children.append(process)
        self._write([*self.recorded(), Recorded(name, process.pid, born(process.pid))])
        return process

    def recorded(self) -> list[Recorded]:
        """What was started here and not ended yet."""
        if not self.folder.record.exists():
            return []
        return [Recorded(**row) for row in json.loads(self.folder.record.read_text())]

    def end(self) -> list[str]:
        """End every recorded process and its children, the last started first; the names of those that still ran."""
        ended = [process.name for process in reversed(self.recorded()) if end_group(process)]
        while self._children:
            self._children.pop().wait()
        self.folder.record.unlink(missing_ok=True)
        return ended

    def _write(self, processes: list[Recorded]) -> None:
        fresh = self.folder.record.with_suffix(".new")
        fresh.write_text(json.dumps([asdict(process) for process in processes]))
        fresh.replace(self.folder.record)


def leave_on_sigterm() -> None:
    """Let SIGTERM end a command the way an exit does, through its `finally`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def born(pid: int) -> str:
    """When the process was started, in kernel ticks; "" when there is no such process (or no /proc)."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    return ""


def end_group(process: Recorded) -> bool:
    """Ask the process group to end, then make it; False when it was gone already."""
    if born(process.pid) not in {process.born, ""} or not _signal_group(process.pid, signal.SIGTERM):
        return False
    deadline = time.monotonic() + TERM_SECONDS
    while _group_lives(process.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    _signal_group(process.pid, signal.SIGKILL)
    _reap(process.pid)
    return True


def _group_lives(pid: int) -> bool:
    _reap(pid)
    return _signal_group(pid, 0)


def _reap(pid: int) -> None:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def _signal_group(pid: int, number: int) -> bool:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return False
    return True
