"""The HTTP side of the front door: routes, limits, streaming. Paths and queries carry secrets and are never logged."""

import contextlib
import http.client
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

from local.front_door.bodies import body_of
from local.front_door.problems import Refusal
from local.front_door.settings import Settings
from local.front_door.signed_links import NotOpened, TrustedKey
from local.front_door.upstream import Forwarded, Upstream, travelling

CHUNK_BYTES = 256 * 1024
NOT_SENT_ON = frozenset({"host", "content-length", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"})
API_PATHS = ("/v1/", "/webhooks/")


class FrontDoor(BaseHTTPRequestHandler):
    """Handles one connection; `settings` and `clock` are set on a subclass by the server."""

    protocol_version = "HTTP/1.1"
    server_version = "Reelwright"
    sys_version = ""
    timeout = 65
    settings: ClassVar[Settings]
    clock: ClassVar[Callable[[], float]] = time.time

    def answer(self) -> None:
        """Pass the request on to where its path leads, or refuse it."""
        try:
            self._pass_on(self._forwarded())
        except Refusal as refusal:
            self._refuse(refusal)

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Every method is `answer`'s: which ones exist is for the API to say."""
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Log nothing: the paths of callbacks and signed links are secrets."""

    def _forwarded(self) -> Forwarded:
        path, _, query = self.path.partition("?")
        body = self._read()
        if path == "/health" or path.startswith(API_PATHS):
            return Forwarded(
                self.command, f"{self.settings.api_prefix}{self.path}", self._headers(self.headers["Host"] or ""), body
            )
        if path.startswith("/media/"):
            self._open(path, query)
            return Forwarded(self.command, path, self._headers(self.settings.media_host), body)
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this path")

    def _read(self) -> bytes | None:
        try:
            return body_of(self.headers, self.rfile, self.settings.max_body_bytes)
        except Refusal:
            self.close_connection = True
            raise

    def _open(self, path: str, query: str) -> None:
        key = TrustedKey(self.settings.key_pair_id, self.settings.public_key_pem)
        try:
            key.check(self.settings.base_url, path, query, type(self).clock())
        except NotOpened as reason:
            raise Refusal(HTTPStatus.FORBIDDEN, "link_refused", str(reason)) from None

    def _headers(self, host: str) -> tuple[tuple[str, str], ...]:
        added = [("Host", host), ("X-Forwarded-For", self.client_address[0]), ("X-Forwarded-Proto", "https")]
        return (*added, *travelling(self.headers.items(), NOT_SENT_ON))

    def _pass_on(self, forwarded: Forwarded) -> None:
        started = False
        try:
            with Upstream(self.settings.upstream_port, forwarded) as answer:
                started = True
                self._begin(answer)
                self._stream(answer)
        except (OSError, http.client.HTTPException):
            self.close_connection = True
            if not started:
                raise Refusal(HTTPStatus.BAD_GATEWAY, "unavailable", "The service does not answer") from None

    def _begin(self, answer: http.client.HTTPResponse) -> None:
        self.send_response_only(answer.status)
        for name, value in travelling(answer.getheaders(), frozenset()):
            self.send_header(name, value)
        if answer.headers["Content-Length"] is None:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def _stream(self, answer: http.client.HTTPResponse) -> None:
        while chunk := answer.read(CHUNK_BYTES):
            self.wfile.write(chunk)

    def _refuse(self, refusal: Refusal) -> None:
        body = refusal.body()
        self.send_response_only(refusal.status)
        headers = {
            "Content-Type": "application/problem+json",
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
        }
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            with contextlib.suppress(OSError):
                self.wfile.write(body)
