"""A tenant's server on this machine: takes webhooks, answers as it is told to, and lets one wait for what arrives."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request as it arrived; `at` is in seconds since the epoch."""

    at: float
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def message_id(self) -> str:
        """The event's id."""
        return self.headers["webhook-id"]


class NothingArrived(AssertionError):
    """What was waited for did not come."""


@dataclass
class Receiver:
    """What arrived, and which answers each path still has to give; afterwards it is 204."""

    port: int = 0
    arrivals: list[Arrival] = field(default_factory=list)
    answers: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    changed: threading.Condition = field(default_factory=threading.Condition)

    def url(self, path: str) -> str:
        """The address of a path here."""
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, *statuses: int) -> None:
        """Give these answers to the next requests for a path."""
        self.answers[path].extend(statuses)

    def at(self, path: str) -> list[Arrival]:
        """What arrived at a path."""
        return [one for one in self.arrivals if one.path == path]

    def wait(self, wanted: Callable[[Arrival], bool], count: int = 1, seconds: float = 30) -> list[Arrival]:
        """The arrivals that are wanted, once there are so many. Raises NothingArrived."""
        found: list[Arrival] = []

        def enough() -> bool:
            found[:] = [one for one in self.arrivals if wanted(one)]
            return len(found) >= count

        with self.changed:
            if not self.changed.wait_for(enough, seconds):
                raise NothingArrived(
                    f"{len(found)} of {count}; in all: {[(o.path, o.message_id) for o in self.arrivals]}"
                )
        return found

    def take(self, arrival: Arrival) -> int:
        """Note it, and say what to answer."""
        with self.changed:
            self.arrivals.append(arrival)
            self.changed.notify_all()
            waiting = self.answers[arrival.path]
            return waiting.popleft() if waiting else 204


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver on a free port of the loopback interface."""
    taking = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: _Handler(taking, *given))
    taking.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield taking
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, taking: Receiver, *given: Any) -> None:
        self._taking = taking
        super().__init__(*given)

    def do_POST(self) -> None:
        """Take a message."""
        at = time.time()
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status = self._taking.take(Arrival(at, self.path, headers, body))
        self.send_response(status)
        if status // 100 == 3:
            self.send_header("Location", self._taking.url("/elsewhere"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
