"""The simulator behind `requests` without a socket."""

import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from tests.simulators.kling.app import App
from tests.simulators.kling.wire import Answer, Request


class SimulatorTransport(HTTPAdapter):
    """Mount it on a Session for the simulator's `base_url`; broken answers raise what real ones would.

    Pauses pass at once. A silent answer is a read timeout when held at least as long as the caller would wait.
    """

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app

    def send(  # noqa: PLR0913, PLR0917 - the signature of requests' adapters
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002, ARG002
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,  # noqa: FBT001, FBT002, ARG002
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """Return the app's answer; raises ReadTimeout or ConnectionError where it gives none."""
        answer = self._app.handle(_read(request))
        if answer.silent:
            raise _silence(request, answer, timeout)
        headers = dict(answer.headers)
        if answer.length is not None:
            headers["Content-Length"] = str(answer.length)
        body = io.BufferedReader(Body(iter(answer.body if request.method != "HEAD" else ()), answer))
        raw = HTTPResponse(body, headers, answer.status, preload_content=False, request_method=request.method)
        return self.build_response(request, raw)  # type: ignore[no-untyped-call, no-any-return, unused-ignore]


class Body(io.RawIOBase):
    """An answer's body as a file that ends at the declared length and breaks where it is cut."""

    def __init__(self, chunks: Iterator[bytes], answer: Answer) -> None:
        super().__init__()
        self._chunks, self._cut_at = chunks, answer.cut_at
        self._left = answer.length
        self._rest, self._given = b"", 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the next chunk goes."""
        if self._given == self._cut_at:
            raise ConnectionResetError("reset by the simulator")
        self._rest = self._rest or next(self._chunks, b"")
        bounds = [len(buffer), len(self._rest)]
        bounds += [limit - self._given for limit in (self._left, self._cut_at) if limit is not None]
        size = min(bounds)
        buffer[:size] = self._rest[:size]
        self._rest, self._given = self._rest[size:], self._given + size
        return size


def _read(request: requests.PreparedRequest) -> Request:
    parts = urlsplit(str(request.url))
    body = request.body or b""
    raw = body.encode() if isinstance(body, str) else bytes(body)
    headers = {name.lower(): value for name, value in request.headers.items()}
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Request(str(request.method), unquote(parts.path), query, headers, raw)


def _silence(request: requests.PreparedRequest, answer: Answer, timeout: Any) -> requests.RequestException:
    """Return what the caller's patience makes of an answer that never comes."""
    patience = timeout[1] if isinstance(timeout, tuple) else timeout
    if patience is not None and answer.hold_seconds >= patience:
        return requests.ReadTimeout("read timed out", request=request)
    return requests.ConnectionError("remote end closed connection without response", request=request)
