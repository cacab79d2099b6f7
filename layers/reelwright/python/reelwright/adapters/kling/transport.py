"""One HTTP request to Kling: one session, explicit timeouts, no retries of any kind."""

import time
from collections.abc import Callable, Mapping
from typing import Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, NewConnectionError

from reelwright.adapters.kling.envelope import Answer
from reelwright.adapters.kling.strict_json import MAX_BYTES

CONNECT_SECONDS: Final = 3.05
STALL_SECONDS: Final = 15.0
TOTAL_SECONDS: Final = 25.0
IDLE_SECONDS: Final = 20.0
_READ_BYTES: Final = 1 << 16


class TransportFailure(Exception):
    """No whole answer came."""


class NotSent(TransportFailure):
    """The connection was never made, so that nobody read a byte of the request."""


class NoAnswer(TransportFailure):
    """The request may have been read; what became of it is unknown."""


def new_session() -> requests.Session:
    """A session that never retries, and takes neither proxies nor credentials from its surroundings."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=0))
    return session


class Transport:
    """Sends requests below one base address. `monotonic` gives seconds and is replaceable in tests."""

    def __init__(
        self,
        base_url: str,
        session: requests.Session | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._session = session or new_session()
        self._monotonic = monotonic
        self._last_used = 0.0

    def send(self, method: str, path: str, token: str, body: Mapping[str, object] | None = None) -> Answer:
        """One request, one answer, whatever its status. Raises NotSent, NoAnswer."""
        self._forget_idle_connections()
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "Accept-Encoding": "identity"}
        deadline = self._monotonic() + TOTAL_SECONDS
        try:
            with self._session.request(
                method,
                self._base_url + path,
                json=body,
                headers=headers,
                timeout=(CONNECT_SECONDS, STALL_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as response:
                return Answer(response.status_code, self._read(response, deadline), response.headers.get("Date"))
        except requests.RequestException as error:
            raise _failure(error) from None
        except (HTTPError, OSError) as error:
            raise NoAnswer(type(error).__name__) from None

    def _forget_idle_connections(self) -> None:
        """Open a new connection after a pause: a stale one would make the outcome of a submission unknown."""
        now = self._monotonic()
        if now - self._last_used > IDLE_SECONDS:
            self._session.close()
        self._last_used = now

    def _read(self, response: requests.Response, deadline: float) -> bytes:
        body = bytearray()
        while chunk := response.raw.read1(_READ_BYTES):
            body += chunk
            if len(body) > MAX_BYTES:
                raise NoAnswer("the answer is larger than allowed")
            if self._monotonic() > deadline:
                raise NoAnswer("the answer took longer than allowed")
        return bytes(body)


def _failure(error: requests.RequestException) -> TransportFailure:
    """Sort by whether a byte can have been read; the error's own text may hold an address and is dropped."""
    cause = getattr(error.args[0], "reason", None) if error.args else None
    never_connected = isinstance(error, requests.ConnectTimeout) or isinstance(cause, NewConnectionError)
    return (NotSent if never_connected else NoAnswer)(type(error).__name__)
