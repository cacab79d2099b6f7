"""The simulator behind a real socket on this machine."""

import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.simulators.kling.app import App
from tests.simulators.kling.wire import Answer, Request

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Server(ThreadingHTTPServer):
    """Listens on 127.0.0.1 only; `port` 0 takes any free one."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.app: App | None = None
        self.ending = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="kling-http", daemon=True)

    @property
    def base_url(self) -> str:
        """Return the address clients use."""
        return f"http://127.0.0.1:{self.server_port}"

    def start(self, app: App) -> None:
        """Begin to answer with `app`."""
        self.app = app
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; held connections end."""
        self.ending.set()
        self.shutdown()
        self.server_close()
        self._thread.join()


class Handler(BaseHTTPRequestHandler):
    """Carries one connection's requests to the app and its answers back, broken ones included."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Answer any method: what is allowed where is the app's affair."""
        if self.server.app is None:
            raise RuntimeError("requests come only after start")
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        request = Request(self.command, unquote(parts.path), query, headers, self.rfile.read(length))
        self._carry(self.server.app.handle(request))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - overridden signature
        """Say nothing: requests hold tokens and prompts."""

    def _carry(self, answer: Answer) -> None:
        if answer.silent:
            self.server.ending.wait(answer.hold_seconds)
            self.close_connection = True
            return
        try:
            self._head(answer)
            if self.command != "HEAD":
                self._body(answer)
        except ConnectionError:
            self.close_connection = True

    def _head(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.length is None:
            self.close_connection = True
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(answer.length))
        self.end_headers()

    def _body(self, answer: Answer) -> None:
        sent = 0
        for chunk in answer.body:
            if answer.pause_seconds and self.server.ending.wait(answer.pause_seconds):
                break
            piece = chunk if answer.cut_at is None else chunk[: answer.cut_at - sent]
            self.wfile.write(piece)
            sent += len(piece)
            if sent == answer.cut_at:
                self._reset()
                return
        self.close_connection |= answer.length not in {None, sent}

    def _reset(self) -> None:
        """Break the connection with a RST instead of ending it."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.connection.close()
