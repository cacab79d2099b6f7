import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.simulators.caller import TEXT, Caller
from tests.simulators.kling import KlingSimulator, Settings

FAST = Settings(render="tiny", time_scale=10_000)


@pytest.fixture
def caller() -> Iterator[Caller]:
    """A caller of a simulator behind a socket, in compressed real time."""
    with KlingSimulator(FAST, serve=True) as simulator:
        caller = Caller(simulator, in_memory=False)
        with caller.session:
            yield caller


class Receiver(BaseHTTPRequestHandler):
    """Takes callbacks; the server's `got` is set when a terminal one came."""

    def do_POST(self) -> None:
        """Take one callback."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        self.server.statuses.append(body["task_status"])  # type: ignore[attr-defined]
        if body["task_status"] == "succeed":
            self.server.got.set()  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def test_a_task_runs_by_itself_and_calls_back(caller: Caller) -> None:
    """In real time everything happens unasked: callbacks arrive in order and the link works."""
    with HTTPServer(("127.0.0.1", 0), Receiver) as receiver:
        receiver.got, receiver.statuses = threading.Event(), []  # type: ignore[attr-defined]
        thread = threading.Thread(target=receiver.serve_forever, args=(0.02,))
        thread.start()
        caller.create(external_task_id="job-1", callback_url=f"http://127.0.0.1:{receiver.server_port}/cb")
        assert receiver.got.wait(10)  # type: ignore[attr-defined]
        receiver.shutdown()
        thread.join()
    assert receiver.statuses == ["submitted", "processing", "succeed"]  # type: ignore[attr-defined]
    url = caller.look_up("job-1")["task_result"]["videos"][0]["url"]
    assert caller.session.get(url, timeout=5).content[4:8] == b"ftyp"


def test_a_held_connection_times_out(caller: Caller) -> None:
    """Silence over a socket is a read timeout of the caller's own making, and the task exists."""
    caller.simulator.control.add_fault("accept_then_timeout")
    headers = {"Authorization": f"Bearer {caller.token()}"}
    body = {"model_name": "kling-v2-6", "prompt": "a fox", "external_task_id": "job-1"}
    with pytest.raises(requests.ReadTimeout):
        caller.session.post(caller.simulator.base_url + TEXT, json=body, headers=headers, timeout=(1, 0.1))
    assert caller.look_up("job-1")


@pytest.mark.parametrize(("fault", "args"), [("reset", {}), ("timeout", {"close": True})])
def test_a_connection_can_break(caller: Caller, fault: str, args: dict[str, Any]) -> None:
    """Reset in the middle, or closed without a byte."""
    caller.simulator.control.add_fault(fault, **args)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)) as broken:
        caller.create()
    assert "timed out" not in str(broken.value)


def test_a_declared_length_can_be_short_of_the_truth(caller: Caller) -> None:
    """More bytes follow than were declared; the caller sees the declared ones and the connection ends."""
    caller.simulator.control.add_fault("takes_seconds", seconds=0)
    caller.create(external_task_id="job-1")
    url = caller.look_up("job-1")["task_result"]["videos"][0]["url"]
    whole = caller.session.get(url, timeout=5).content
    caller.simulator.control.add_fault("result_oversized", bytes=1_000_000, declared="short")
    assert caller.session.get(url, timeout=5).content == whole
    assert caller.session.get(url, timeout=5).content == whole


def test_the_control_is_reached_over_http(caller: Caller) -> None:
    """Faults, limits, endings and accounts work without a token; time cannot be moved when it is real."""
    base = caller.simulator.base_url + "/_control/"
    post = caller.session.post
    rules = {"rules": [{"fault": "stuck_processing"}, {"fault": "http_500", "match": {"nth": 2}}]}
    assert len(post(base + "faults", json=rules, timeout=5).json()) == 2
    caller.create(external_task_id="job-1")
    assert post(base + "finish", json={"task": "job-1"}, timeout=5).json() == {"ok": True}
    assert post(base + "finish", json={"task": "nobody"}, timeout=5).status_code == 404
    assert post(base + "limits", json={"concurrency": 0}, timeout=5).json() == {"ok": True}
    assert post(base + "pack", json={"account": "test", "units": "5"}, timeout=5).json() == {"ok": True}
    assert post(base + "pack", json={"units": "5"}, timeout=5).status_code == 400
    assert post(base + "advance", json={"seconds": 1}, timeout=5).status_code == 400
    state = caller.session.get(base + "tasks", timeout=5).json()
    assert state["totals"] == {"tasks": 1, "units": "1.5", "unfinished": 0}
    assert state["calls"][0]["fault"] == ""


def test_it_runs_alone_and_leaves_nothing(tmp_path: Path) -> None:
    """The command prints one line when ready, serves, ends on SIGTERM, and removes its files."""
    command = [sys.executable, "-m", "tests.simulators.kling", "--port", "0", "--render", "tiny", "--virtual-clock"]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        try:
            ready = json.loads(process.stdout.readline() if process.stdout else "")
            assert ready["pid"] == process.pid
            assert requests.get(ready["base_url"] + "/_control/health", timeout=5).json() == {"ok": True}
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert list(tmp_path.iterdir()) == []
