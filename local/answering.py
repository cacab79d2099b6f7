"""Waiting until a local server answers."""

import http.client
import subprocess
import time

from local.places import LOOPBACK


class NotStarted(RuntimeError):
    """A process ended, or did not answer in time; the message names its log."""


def answers(port: int, path: str) -> bool:
    """Whether GET `path` on the loopback port gives 200 just now."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def wait_until_it_answers(
    process: "subprocess.Popen[bytes]", port: int, path: str, log: object, seconds: float
) -> None:
    """Return as soon as the process answers. Raises NotStarted when it ends or stays silent for `seconds`."""
    deadline = time.monotonic() + seconds
    while not answers(port, path):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotStarted(f"port {port} does not answer; see {log}")
        time.sleep(0.05)
