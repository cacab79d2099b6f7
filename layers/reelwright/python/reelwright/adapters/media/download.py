"""A bounded download: guarded at every hop, limited in bytes, in time and in silence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from socket import socket
from typing import Final
from urllib.parse import urljoin

from reelwright.adapters.media.guard import Guard, RefusedAddress, Target
from reelwright.adapters.media.pinned import Budget, Dial, PinnedConnection, dial

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = 200
_CHUNK_BYTES: Final = 1 << 17


class DownloadFailed(Exception):
    """The file could not be had this time. The message never holds the address."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one download, redirects included; the time leaves a ten-minute function room to publish."""

    max_bytes: int = 2 << 30
    connect_seconds: float = 5.0
    stall_seconds: float = 20.0
    total_seconds: float = 480.0
    max_redirects: int = 3


@dataclass(frozen=True, slots=True)
class Body:
    """An answer's body: the length it was announced with (None if it was not) and its bytes as they come."""

    length: int | None
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class Downloader:
    """Opens addresses through the guard."""

    guard: Guard
    limits: Limits = field(default_factory=Limits)
    dial: Dial = dial

    @contextmanager
    def open(self, url: str) -> Iterator[Body]:
        """The body behind `url`. Raises DownloadFailed, also while it is read."""
        budget = Budget(self.limits.total_seconds, self.limits.stall_seconds)
        try:
            connection, response = self._follow(url, budget)
            try:
                yield self._body(response)
            finally:
                response.close()
                connection.close()
        except (RefusedAddress, HTTPException, OSError) as error:
            raise DownloadFailed(_reason(error)) from None

    def _follow(self, url: str, budget: Budget) -> tuple[PinnedConnection, HTTPResponse]:
        for _ in range(self.limits.max_redirects + 1):
            target, addresses = self.guard.resolve(url)
            connection, response = self._ask(target, addresses, budget)
            if response.status == _OK:
                return connection, response
            location = response.headers.get("Location")
            connection.close()
            response.close()
            if response.status not in REDIRECTS or not location:
                raise DownloadFailed(f"HTTP {response.status}")
            url = _joined(url, location)
        raise DownloadFailed("too many redirects")

    def _ask(self, target: Target, addresses: Sequence[str], budget: Budget) -> tuple[PinnedConnection, HTTPResponse]:
        connection = PinnedConnection(target, self._connect(target, addresses, budget), budget)
        try:
            connection.request("GET", target.path, headers={"Accept-Encoding": "identity", "Connection": "close"})
            return connection, connection.getresponse()
        except BaseException:
            connection.close()
            raise

    def _connect(self, target: Target, addresses: Sequence[str], budget: Budget) -> socket:
        last: OSError = OSError("no address")
        for address in addresses:
            try:
                return self.dial(target, address, min(self.limits.connect_seconds, budget.next_wait()))
            except OSError as error:
                last = error
        raise last

    def _body(self, response: HTTPResponse) -> Body:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise DownloadFailed("the answer is encoded")
        if response.length is not None and response.length > self.limits.max_bytes:
            raise DownloadFailed("larger than allowed")
        return Body(response.length, self._chunks(response, response.length))

    def _chunks(self, response: HTTPResponse, length: int | None) -> Iterator[bytes]:
        received = 0
        while chunk := response.read1(_CHUNK_BYTES):
            received += len(chunk)
            if received > self.limits.max_bytes:
                raise DownloadFailed("larger than allowed")
            yield chunk
        if length is not None and received != length:
            raise DownloadFailed("shorter than announced")


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise RefusedAddress("a redirect leads to no well-formed address") from None


def _reason(error: Exception) -> str:
    """What happened, in words that hold no address: other people's messages may."""
    return str(error) if isinstance(error, RefusedAddress) else type(error).__name__
