"""A loopback AWS that answers at once: it records an emulator's answers, then replays them.

So the first call is measured with real requests and answers, and without the emulator's own time.
"""

import re
import ssl
import threading
from collections import defaultdict
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

import requests

_HOP_HEADERS = frozenset({"connection", "content-length", "date", "server", "transfer-encoding", "content-encoding"})
_SCOPE = re.compile(r"Credential=[^/]+/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One recorded answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class Replay(ThreadingHTTPServer):
    """Records while it is told to; otherwise replays in order, repeating the last answer of a kind.

    A signed request is recorded from AWS's own address, which moto answers in this process; the signature's scope tells
    the service.
    """

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.recording = False
        self._answers: dict[_Key, list[Answer]] = defaultdict(list)
        self._served: dict[_Key, int] = defaultdict(int)
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    @property
    def url(self) -> str:
        """The endpoint to point clients at."""
        return f"https://127.0.0.1:{self.server_port}"

    @property
    def kinds(self) -> list[str]:
        """The kinds of calls that were recorded since the last `forget`, each with its number."""
        return [f"{len(answers)} {name.rpartition('.')[2] or name}" for (_, name), answers in self._answers.items()]

    def forget(self) -> None:
        """Start a recording afresh."""
        self._answers.clear()
        self.rewind()

    def rewind(self) -> None:
        """Replay from the first answer again."""
        self._served.clear()

    def answer(self, key: _Key) -> Answer:
        """Replay the next answer of a kind."""
        recorded = self._answers[key]
        if not recorded:
            return Answer(500, {}, b"not recorded")
        position = min(self._served[key], len(recorded) - 1)
        self._served[key] += 1
        return recorded[position]

    def record(self, key: _Key, answer: Answer) -> None:
        """Keep an answer."""
        self._answers[key].append(answer)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet for an answer's head and body
    server: Replay

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = (self.command, self.headers.get("X-Amz-Target") or self.path)
        if self.server.recording:
            self.server.record(key, self._forward(body))
        self._send(self.server.answer(key))

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST  # noqa: N815 - names that http.server asks for

    def _forward(self, body: bytes) -> Answer:
        scope = _SCOPE.search(self.headers.get("Authorization", ""))
        if scope is None:
            return Answer(400, {}, b"only signed requests are recorded")
        url = f"https://{scope['service']}.{scope['region']}.amazonaws.com{self.path}"
        response = requests.request(self.command, url, headers=dict(self.headers.items()), data=body, timeout=30)
        kept = {name: value for name, value in response.headers.items() if name.lower() not in _HOP_HEADERS}
        return Answer(response.status_code, kept, response.content)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""
