"""HTTP connections to an address that was checked before, with the host's own name in TLS and `Host`."""

import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from typing import Any

import certifi

from reelwright.adapters.media.guard import Target

Dial = Callable[[Target, str, float], socket.socket]
"""Target, one of its checked IPs, connect timeout in seconds → a connected (and for https, encrypted) socket."""


@dataclass(slots=True)
class Budget:
    """How long a transfer may still take: in all, and without a byte coming. Seconds of `clock`."""

    total_seconds: float
    stall_seconds: float
    clock: Callable[[], float] = time.monotonic
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def next_wait(self) -> float:
        """The longest that the next read may block. Raises TimeoutError when the time is up."""
        left = self._started + self.total_seconds - self.clock()
        if left <= 0:
            raise TimeoutError("the transfer took longer than allowed")
        return min(left, self.stall_seconds)


def dial(target: Target, address: str, timeout: float) -> socket.socket:
    """Connect to exactly this IP; TLS is verified against the host's name. Raises OSError."""
    plain = socket.create_connection((address, target.port), timeout)
    if target.scheme == "http":
        return plain
    try:
        return _tls().wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _TimedFile(io.RawIOBase):
    """A socket's bytes, where no single read blocks longer than the budget has left."""

    def __init__(self, sock: socket.socket, budget: Budget) -> None:
        super().__init__()
        self._sock = sock
        self._budget = budget
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._budget.next_wait())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedSocket:
    """What `http.client` uses of a socket."""

    def __init__(self, sock: socket.socket, budget: Budget) -> None:
        self._sock = sock
        self._budget = budget

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedFile(self._sock, self._budget), 1 << 17)

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._budget.next_wait())
        self._sock.sendall(data)

    def close(self) -> None:
        self._sock.close()


class PinnedConnection(HTTPConnection):
    """A connection over a socket that is there already; it never looks a name up."""

    def __init__(self, target: Target, sock: socket.socket, budget: Budget) -> None:
        super().__init__(target.host, target.port)
        self.default_port = 443 if target.scheme == "https" else 80
        self.sock = _TimedSocket(sock, budget)

    def connect(self) -> None:
        """Refuse to open another connection behind the guard's back."""
        raise OSError("the connection was closed")
