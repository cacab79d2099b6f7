"""The function processes of the embedded AWS as the kernel shows them (Linux, /proc)."""

import contextlib
import os
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from local.processes import born

READ_FROM_STDIN = {("0", "0x0"), ("63", "0x0")}
"""Number and first argument of `read` on descriptor 0, on x86-64 and on arm64."""
VARIABLE = b"AWS_LAMBDA_FUNCTION_NAME="


@dataclass(frozen=True, slots=True)
class Worker:
    """One execution environment: a child of the embedded AWS that serves one invocation at a time."""

    pid: int
    function: str
    birth: str

    @property
    def at_work(self) -> bool:
        """False while it waits on its standard input for the next event. Gone is not at work."""
        call = _read(f"/proc/{self.pid}/syscall").split()
        return bool(call) and tuple(call[:2]) not in READ_FROM_STDIN

    def kill(self) -> None:
        """SIGKILL: nothing in the process runs any more. A process that ended in between is left alone."""
        if born(self.pid) == self.birth:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


class Workers:
    """Finds the workers below one embedded AWS; `names` gives the short name of a deployed function."""

    def __init__(self, parent: int, names: Mapping[str, str]) -> None:
        self._parent, self._names = str(parent), names

    def __call__(self) -> list[Worker]:
        """Those that live now."""
        return [worker for pid in self._children() if (worker := self._worker(pid))]

    def _children(self) -> Iterator[int]:
        for folder in Path("/proc").iterdir():
            if folder.name.isdecimal() and _parent(folder) == self._parent:
                yield int(folder.name)

    def _worker(self, pid: int) -> Worker | None:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                if line.startswith(VARIABLE) and (name := self._names.get(line[len(VARIABLE) :].decode())):
                    return Worker(pid, name, born(pid))
        return None


def _parent(folder: Path) -> str:
    return "".join(_read(f"{folder}/stat").rpartition(")")[2].split()[1:2])


def _read(path: str) -> str:
    with contextlib.suppress(OSError):
        return Path(path).read_text()
    return ""
