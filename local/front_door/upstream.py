"""One request passed on to the embedded AWS, its answer streamed back."""

import http.client
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType

from local.places import LOOPBACK

HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    },
)
TIMEOUT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What is sent on: the target at the embedded AWS and the headers that travel."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None


class Upstream:
    """An exchange with the embedded AWS: a context manager around one connection."""

    def __init__(self, port: int, forwarded: Forwarded) -> None:
        self._connection = http.client.HTTPConnection(LOOPBACK, port, timeout=TIMEOUT_SECONDS)
        self._forwarded = forwarded

    def __enter__(self) -> http.client.HTTPResponse:
        """Send the request; the answer's body is still to be read. Raises OSError, HTTPException."""
        sent = self._forwarded
        self._connection.putrequest(sent.method, sent.target, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.headers:
            self._connection.putheader(name, value)
        if sent.body is not None:
            self._connection.putheader("Content-Length", str(len(sent.body)))
        self._connection.endheaders(sent.body)
        return self._connection.getresponse()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._connection.close()


def travelling(headers: Iterable[tuple[str, str]], without: frozenset[str]) -> list[tuple[str, str]]:
    """The end-to-end headers, apart from those named in `without` (lower case)."""
    dropped = HOP_BY_HOP | without
    return [(name, value) for name, value in headers if name.lower() not in dropped]
