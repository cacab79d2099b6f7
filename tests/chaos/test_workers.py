"""A process's state is read from the kernel."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.workers import Worker, Workers

pytestmark = pytest.mark.skipif(not Path("/proc/self/syscall").exists(), reason="needs Linux's /proc")
ECHO = "import sys\nfor line in sys.stdin: print(line, flush=True)\n"


@pytest.fixture
def child() -> Iterator["subprocess.Popen[str]"]:
    """A process that serves lines, as a warm function serves events."""
    environment = {**os.environ, "AWS_LAMBDA_FUNCTION_NAME": "stack-Finalize-1"}
    with subprocess.Popen(
        [sys.executable, "-c", ECHO], env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield process
        process.kill()


def found(child: "subprocess.Popen[str]") -> Worker:
    (worker,) = [one for one in Workers(os.getpid(), {"stack-Finalize-1": "finalize"})() if one.pid == child.pid]
    return worker


def test_a_killed_worker_is_not_at_work(child: "subprocess.Popen[str]") -> None:
    """It is found by its function's name, dies at once, and is then nobody's work."""
    worker = found(child)
    assert worker.function == "finalize"
    worker.kill()
    assert child.wait() == -9
    assert not worker.at_work


def test_a_later_process_with_the_same_id_is_left_alone(child: "subprocess.Popen[str]") -> None:
    """The id alone kills nobody."""
    Worker(child.pid, "finalize", "long ago").kill()
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("still here\n")
    child.stdin.flush()
    assert child.stdout.readline() == "still here\n"
