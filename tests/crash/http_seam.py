"""The seams below `requests` and below the pinned downloader: the simulated Kling answers there."""

import io
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import requests

from tests.crash.effects import Call, Seams
from tests.simulators.kling.app import App
from tests.simulators.kling.transport import SimulatorTransport
from tests.simulators.kling.wire import Request

LINE: Final = b"\r\n"


class KlingTransport(SimulatorTransport):
    """Requests to Kling's API, each of them an effect: even a look-up is counted there."""

    def __init__(self, app: App, seams: Callable[[], Seams]) -> None:
        super().__init__(app)
        self._seams = seams

    def send(self, request: requests.PreparedRequest, *given: Any, **more: Any) -> requests.Response:
        """See SimulatorTransport.send."""
        send = super().send
        call = Call("kling", str(request.method), "task" if request.method == "GET" else "create", changes=True)
        answer = self._seams().perform(
            call, lambda: send(request, *given, **more), lambda: requests.ReadTimeout("read timed out", request=request)
        )
        assert isinstance(answer, requests.Response)
        return answer


class KlingSession(requests.Session):
    """What `new_session` gives in a run: no proxies, no retries, the simulator behind every address."""

    def __init__(self, transport: KlingTransport) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("https://", transport)


class ResultSocket:
    """What the downloader dials: the request goes to the simulator, the answer comes back as bytes."""

    def __init__(self, app: App, seams: Callable[[], Seams]) -> None:
        self._app = app
        self._seams = seams
        self._sent = bytearray()

    def sendall(self, data: bytes) -> None:
        """Take a piece of the request."""
        self._sent += data

    def settimeout(self, seconds: float) -> None:
        """Time is virtual."""

    def close(self) -> None:
        """Nothing is open."""

    def makefile(self, _mode: str, buffering: int = -1) -> io.BytesIO:
        """The answer to what was sent."""
        del buffering
        request = _request(bytes(self._sent))
        call = Call("kling", "GET", "result", changes=True)
        answer = self._seams().perform(call, lambda: _wire(self._app, request), lambda: TimeoutError("timed out"))
        assert isinstance(answer, bytes)
        return io.BytesIO(answer)


def dialer(app: App, seams: Callable[[], Seams]) -> Any:
    """Stands for `pinned.dial`."""
    return lambda _target, _address, _timeout: ResultSocket(app, seams)


def _request(sent: bytes) -> Request:
    first, *rest = sent.split(LINE * 2)[0].split(LINE)
    method, target, _ = first.decode().split(" ")
    parts = urlsplit(target)
    headers = dict(line.decode().split(": ", 1) for line in rest)
    return Request(method, unquote(parts.path), dict(parse_qsl(parts.query)), _lower(headers))


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _wire(app: App, request: Request) -> bytes:
    answer = app.handle(request)
    headers = dict(answer.headers)
    if answer.length is not None:
        headers["Content-Length"] = str(answer.length)
    head = [f"HTTP/1.1 {answer.status} -".encode(), *(f"{name}: {value}".encode() for name, value in headers.items())]
    return LINE.join(head) + LINE * 2 + b"".join(answer.body)[: answer.cut_at]
